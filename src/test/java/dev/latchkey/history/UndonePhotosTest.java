package dev.latchkey.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.photo.PhotoSource;
import dev.latchkey.profile.PhotoChange;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.S3Server;
import io.micronaut.context.ApplicationContext;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which photos anybody can see in a public bucket once a change of them was taken back. */
class UndonePhotosTest {

    @Test
    void showsThePhotoAgainThatWasThereAndNoLongerTheOneThatTookItsPlace() {
        try (S3Server s3 = new S3Server()) {
            Map<String, Object> bucket = new HashMap<>(s3.publicBucket());
            bucket.put("latchkey.links-per-minute", 1000);
            try (ApplicationContext context = Contexts.start(Database.SQLITE, bucket)) {
                Account somebody = People.somebody(context);
                byte[] own = Images.jpeg(64, 64);
                byte[] strangers = Images.jpeg(128, 64);
                String ownKey = key(context, own);
                save(context, somebody, new PhotoChange.Upload(PhotoSource.of(own)));
                save(context, somebody, new PhotoChange.Upload(PhotoSource.of(strangers)));
                assertThat(s3.keys(bucket)).contains(key(context, strangers)).doesNotContain(ownKey);

                undo(context, somebody);
                assertThat(s3.keys(bucket)).contains(ownKey).doesNotContain(key(context, strangers));

                save(context, somebody, new PhotoChange.Remove());
                assertThat(s3.keys(bucket)).doesNotContain(ownKey);
                undo(context, somebody);
                assertThat(s3.keys(bucket)).contains(ownKey);
            }
        }
    }

    private static void undo(ApplicationContext context, Account account) {
        assertThat(context.getBean(UndoService.class).undo(Links.undo(context, account)))
                .isInstanceOf(UndoOutcome.Undone.class);
    }

    private static void save(ApplicationContext context, Account account, PhotoChange photo) {
        context.getBean(ProfileEdits.class)
                .save(Links.fresh(context, account), ProfileChange.of(Map.of()).with(photo));
    }

    private static String key(ApplicationContext context, byte[] photo) {
        return "photos/" + Images.processed(context, photo).hash() + ".jpg";
    }
}
