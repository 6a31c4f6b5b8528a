package dev.paddock.cli.service;

import java.util.stream.Collectors;

/** The unit of systemd. */
final class SystemdUnit {
    static final String NAME = "paddock.service";

    private static final String HEAD = """
            # Written by `paddock service install`; `paddock service uninstall` removes it.
            [Unit]
            Description=Paddock, a local LLM server
            """;
    /** A home that is not writable, no Java, a broken installation, missing keys and broken settings do not mend by themselves. */
    private static final String LIFE = """
            Restart=on-failure
            RestartSec=2
            RestartPreventExitStatus=3 4 6 7 8
            SuccessExitStatus=130 143
            # The server ends its runners itself, after their answers. A runner that the kernel kills is replaced.
            KillMode=mixed
            TimeoutStopSec=60
            OOMPolicy=continue
            LimitNOFILE=65536
            LimitMEMLOCK=infinity

            NoNewPrivileges=yes
            LockPersonality=yes
            RestrictSUIDSGID=yes
            # The JVM writes the code that it runs.
            MemoryDenyWriteExecute=no
            """;
    /** What a user's own manager can do only where the kernel lets users make namespaces. */
    private static final String WALLS = """
            UMask=0027
            CapabilityBoundingSet=
            ProtectSystem=strict
            ProtectHome=read-only
            PrivateTmp=yes
            ProtectControlGroups=yes
            ProtectKernelTunables=yes
            ProtectKernelModules=yes
            ProtectKernelLogs=yes
            ProtectHostname=yes
            RestrictNamespaces=yes
            RestrictRealtime=yes
            RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
            SystemCallArchitectures=native
            # GPUs are devices. ProtectClock=yes would shut them out as well.
            PrivateDevices=no
            ProtectClock=no
            """;

    private SystemdUnit() {}

    static String of(ServiceSpec spec) {
        boolean system = spec.user().isPresent();
        String network = system ? "Wants=network-online.target\nAfter=network-online.target\n" : "";
        return HEAD + network + "\n[Service]\nType=exec\n" + identity(spec)
                + "Environment=" + quoted("PADDOCK_HOME=" + spec.home()) + "\n"
                + variables(spec)
                + "EnvironmentFile=-" + specifiers(spec.environmentFile().toString()) + "\n"
                + "ExecStart=" + quoted(spec.script().toString()) + " serve\n"
                + LIFE
                + (system ? WALLS + writable(spec) : "")
                + "\n[Install]\nWantedBy=" + (system ? "multi-user.target" : "default.target") + "\n";
    }

    private static String identity(ServiceSpec spec) {
        if (spec.user().isEmpty()) return "";
        String user = "User=" + spec.user().get() + "\n";
        return spec.groups().isEmpty() ? user : user + "SupplementaryGroups=" + String.join(" ", spec.groups()) + "\n";
    }

    private static String variables(ServiceSpec spec) {
        return spec.environment().entrySet().stream()
                .map(variable -> "Environment=" + quoted(variable.getKey() + "=" + variable.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    /** systemd makes a directory below {@code /var/lib} itself, with the right owner. */
    private static String writable(ServiceSpec spec) {
        if (spec.home().toString().equals("/var/lib/paddock"))
            return "StateDirectory=paddock\nStateDirectoryMode=0750\n";
        return "ReadWritePaths=" + quoted(spec.home().toString()) + "\n";
    }

    private static String quoted(String text) {
        return "\"" + specifiers(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String specifiers(String text) {
        return text.replace("%", "%%");
    }
}
