package dev.latchkey.api.admin;

import dev.latchkey.config.checks.ServingCheck;
import dev.latchkey.config.checks.UnusableSetting;
import dev.latchkey.config.operating.AdminSettings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Objects;

/** Names the admin port where it cannot be opened, as the server fails alike for each of its ports. */
@Singleton
@OnAdminPort
final class AdminPortCheck implements ServingCheck {
    private final AdminSettings settings;

    AdminPortCheck(AdminSettings settings) {
        this.settings = settings;
    }

    @Override
    public void check() {
        int port = Objects.requireNonNull(settings.adminPort());
        try {
            new ServerSocket(port, 1, InetAddress.getByName(settings.adminHost())).close();
        } catch (IOException e) {
            throw new UnusableSetting(
                    AdminSettings.PORT,
                    "the port cannot be opened at " + settings.adminHost() + " (" + e.getMessage() + ")",
                    "Stop what uses it, or choose another port or LATCHKEY_ADMIN_HOST");
        }
    }
}
