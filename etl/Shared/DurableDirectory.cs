using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AirportOps;

/// <summary>What durable publishing needs of the file system and .NET has no call for. Compiled into each project that needs it.</summary>
/// <remarks>On Windows a rename is durable with the file's own flush and atomic without these calls.</remarks>
internal static partial class DurableDirectory
{
    private const int ReadOnly = 0;

    /// <summary>Makes entries created, renamed or removed in a directory durable: flushing a file does not cover its name.</summary>
    /// <exception cref="IOException">With the error number as its <see cref="Exception.HResult"/>.</exception>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var directory = Open(path, ReadOnly);
        if (directory.IsInvalid || Flush(directory) != 0)
        {
            throw Failure($"Can't flush the directory '{path}'");
        }
    }

    /// <summary>
    /// Creates a directory with all that lead to it, each durably; those that are there are fine. The root and what is below it are the user's alone, what is missing
    /// above it can be passed through.
    /// </summary>
    /// <param name="path">The directory.</param>
    /// <param name="root">Where what belongs together begins: a stream, a lake.</param>
    public static void Create(string path, string root)
    {
        var missing = new Stack<string>();
        for (var folder = Path.GetFullPath(path); folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            missing.Push(folder);
        }

        foreach (var folder in missing)
        {
            FileModes.CreateFolder(folder, folder.Length < root.Length ? FileModes.Passage : FileModes.PrivateFolder);
            Flush(Path.GetDirectoryName(folder)!);
        }
    }

    /// <summary>Gives a file its final name, in the same file system, unless there is a file of that name.</summary>
    /// <remarks>
    /// <see cref="File.Move(string, string, bool)"/> without overwriting is no way to do this: on Unix it looks whether the target is
    /// there and then renames over it, so that of several who race more than one succeeds.
    /// </remarks>
    /// <returns>False when there was one; the file has kept its name then.</returns>
    /// <exception cref="IOException">With the error number as its <see cref="Exception.HResult"/>.</exception>
    public static bool TryRename(string from, string to)
    {
        if (OperatingSystem.IsWindows())
        {
            try
            {
                File.Move(from, to, overwrite: false);
                return true;
            }
            catch (IOException) when (File.Exists(to))
            {
                return false;
            }
        }

        if (Link(from, to) == 0)
        {
            File.Delete(from);
            return true;
        }

        const int AlreadyExists = 17;
        return Marshal.GetLastPInvokeError() == AlreadyExists ? false : throw Failure($"Can't link '{from}' as '{to}'");
    }

    private static IOException Failure(string what)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{what}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);
}
