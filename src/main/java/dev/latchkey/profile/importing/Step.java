package dev.latchkey.profile.importing;

import dev.latchkey.account.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is done with some people of a file at a time. */
interface Step {

    /** Takes them in, or looks what would become of them. */
    Result take(List<ImportLine.Person> people);

    /**
     * What became of them.
     *
     * @param skipped how many have an account already
     * @param refused the lines whose PIN somebody else has
     */
    record Result(int added, int skipped, List<ImportLine.Refused> refused) {
        static Result of(int added, List<ImportLine.Refused> refused, List<ImportLine.Person> people) {
            return new Result(added, people.size() - added - refused.size(), refused);
        }
    }

    /**
     * Those that can be added.
     *
     * @param refused the lines whose PIN somebody else has
     */
    record Newcomers(List<ImportLine.Person> people, List<ImportLine.Refused> refused) {

        List<EmailAddress> emails() {
            return people.stream().map(ImportLine.Person::email).toList();
        }

        /**
         * Tells them from the others.
         *
         * @param known addresses that have an account; those of newcomers are put in
         * @param taken PINs of accounts; those that newcomers want are put in
         */
        static Newcomers among(List<ImportLine.Person> people, Set<EmailAddress> known, Set<Integer> taken) {
            List<ImportLine.Person> welcome = new ArrayList<>();
            List<ImportLine.Refused> refused = new ArrayList<>();
            for (ImportLine.Person person : people) {
                if (known.add(person.email())) {
                    if (person.pin() == null || taken.add(person.pin().value())) {
                        welcome.add(person);
                    } else {
                        refused.add(new ImportLine.Refused(person.number(), "the PIN belongs to another account"));
                    }
                }
            }
            return new Newcomers(welcome, refused);
        }
    }
}
