using System.Runtime.InteropServices;

namespace AirportOps.Warehouse.Cluster;

/// <summary>Paths as the system names them: absolute, without symbolic links.</summary>
internal static partial class RealPath
{
    /// <returns>The path itself where it leads nowhere.</returns>
    internal static string Of(string path)
    {
        var resolved = Resolve(path, 0);
        if (resolved == 0)
        {
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        }

        try
        {
            return Marshal.PtrToStringUTF8(resolved)!;
        }
        finally
        {
            Free(resolved);
        }
    }

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Resolve(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);
}
