using System.Runtime.InteropServices;

namespace AirportOps.Cli;

/// <summary>The program of all verbs, which <c>./airportops</c> puts into the folder above this program's.</summary>
internal static partial class WholeProgram
{
    /// <summary>Puts it in this process's place, with the same arguments. Nothing may have been done yet.</summary>
    /// <returns>Only where that could not be: why.</returns>
    internal static IOException TakeOver()
    {
        var path = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "airportops"));
        _ = Execute(path, [path, .. Environment.GetCommandLineArgs().Skip(1), null]);
        return new IOException($"{path}, the program of all verbs, can't be started: {Marshal.GetLastPInvokeErrorMessage()}. Delete artifacts/airportops, then it is built anew.");
    }

    // execv(3): the array ends with a null.
    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Execute(string path, string?[] arguments);
}
