using Microsoft.Win32.SafeHandles;

namespace AirportOps;

/// <summary>
/// The modes of what the program creates, set whatever the umask: events name passengers' bags and the doings of staff, so that what holds them is its user's
/// alone. Compiled into each project that needs it; does nothing on Windows, where folders inherit their access.
/// </summary>
internal static class FileModes
{
    /// <summary>0600: a file of the user alone.</summary>
    internal const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0700: a folder of the user alone.</summary>
    internal const UnixFileMode PrivateFolder = PrivateFile | UnixFileMode.UserExecute;

    /// <summary>0711: a folder that others may pass through to what is theirs in it, but not list.</summary>
    internal const UnixFileMode Passage = PrivateFolder | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Options that create a file of the user alone; a file that is there keeps its mode.</summary>
    internal static FileStreamOptions Private(FileMode mode, FileAccess access, FileShare share, int bufferSize = 4096, FileOptions options = FileOptions.None)
    {
        var made = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = bufferSize, Options = options };
        if (!OperatingSystem.IsWindows())
        {
            made.UnixCreateMode = PrivateFile;
        }

        return made;
    }

    /// <summary>Creates a file of the user alone, or empties one that is there.</summary>
    internal static FileStream CreatePrivate(string path) => new(path, Private(FileMode.Create, FileAccess.Write, FileShare.Read));

    /// <summary>Opens a file; one that is created is the user's alone.</summary>
    internal static SafeFileHandle OpenPrivate(string path, FileMode mode, FileAccess access, FileShare share, FileOptions options = FileOptions.None)
    {
        var isNew = mode is FileMode.Create or FileMode.CreateNew || !File.Exists(path);
        var file = File.OpenHandle(path, mode, access, share, options);
        if (isNew && !OperatingSystem.IsWindows())
        {
            // In a folder of the user alone, so that nobody sees the moment between.
            File.SetUnixFileMode(file, PrivateFile);
        }

        return file;
    }

    /// <summary>Creates a folder and those that are missing above it, which become passages; a folder that is there keeps its mode.</summary>
    internal static void CreateFolder(string path, UnixFileMode mode)
    {
        var folder = Path.GetFullPath(path);
        if (Directory.Exists(folder))
        {
            return;
        }

        if (Path.GetDirectoryName(folder) is { } parent)
        {
            CreateFolder(parent, Passage);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, mode & PrivateFolder);
        File.SetUnixFileMode(folder, mode);
    }
}
