namespace AirportOps.Containers.Tests.Running;

/// <summary>
/// A stand-in for the runtime-deps base image, of this machine's libraries: the C and C++ runtimes, OpenSSL, certificates, one user. No shell, no other
/// library, no time zones, so that a program that needs more fails here too.
/// </summary>
internal static class BaseImage
{
    private static readonly string[] Libraries =
    [
        "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libresolv.so.2", "libgcc_s.so.1", "libstdc++.so.6", "libssl.so.3", "libcrypto.so.3",
    ];

    /// <summary>Makes one.</summary>
    /// <param name="root">The folder that becomes the file system's root.</param>
    internal static void Create(string root)
    {
        foreach (var folder in new[] { "dev", "etc/ssl/certs", "lib64", "lib/x86_64-linux-gnu", "proc", "tmp", "usr/lib" })
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
        }

        foreach (var library in Libraries)
        {
            File.Copy(Path.Combine("/lib/x86_64-linux-gnu", library), Path.Combine(root, "lib/x86_64-linux-gnu", library));
        }

        File.Copy("/lib64/ld-linux-x86-64.so.2", Path.Combine(root, "lib64/ld-linux-x86-64.so.2"));
        File.WriteAllText(Path.Combine(root, "etc/passwd"), "root:x:0:0:root:/root:/sbin/nologin\napp:x:1654:1654::/home/app:/bin/false\n");
        File.WriteAllText(Path.Combine(root, "etc/group"), "root:x:0:\napp:x:1654:\n");
        if (File.Exists("/etc/ssl/certs/ca-certificates.crt"))
        {
            File.Copy("/etc/ssl/certs/ca-certificates.crt", Path.Combine(root, "etc/ssl/certs/ca-certificates.crt"));
        }
    }
}
