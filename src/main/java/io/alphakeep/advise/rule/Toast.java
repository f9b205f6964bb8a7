package io.alphakeep.advise.rule;

import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Server.Setting;
import java.util.List;
import java.util.Optional;

/** Long values are compressed by the faster method, where the server was built with it. */
final class Toast implements Rule {

    @Override
    public List<Finding> on(Observed observed) {
        Optional<Setting> setting = observed.server().setting("default_toast_compression");
        boolean could = setting.isPresent()
                && setting.get().value().equals("pglz")
                && List.of(setting.get().choices().split(",")).contains("lz4");
        return could
                ? new Alter(observed)
                        .to(
                                "lz4",
                                "default_toast_compression",
                                "toast-compression",
                                Severity.INFO,
                                "pglz; the server offers " + setting.get().choices(),
                                "lz4 packs and unpacks documents several times faster at about the same size; what is stored"
                                        + " stays as it is",
                                "client")
                : List.of();
    }
}
