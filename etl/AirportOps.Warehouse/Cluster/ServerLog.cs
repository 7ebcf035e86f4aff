using System.Text;

namespace AirportOps.Warehouse.Cluster;

/// <summary>What a server writes to its log from a moment on.</summary>
internal sealed class ServerLog
{
    private const long RotatedAtBytes = 16 << 20;

    // Enough for any start; a server that fails at each connection may write more.
    private const int MostBytesRead = 1 << 20;

    private readonly string _path;
    private readonly long _begin;
    private long _seen;

    /// <param name="path">The log; it may be absent.</param>
    internal ServerLog(string path) => (_path, _begin, _seen) = (path, LengthOf(path), LengthOf(path));

    /// <summary>Puts a log aside that has grown for months, over an earlier one. No server writes to it.</summary>
    internal static void RotateIfLarge(string path)
    {
        if (LengthOf(path) > RotatedAtBytes)
        {
            File.Move(path, path + ".1", overwrite: true);
        }
    }

    /// <summary>
    /// Whether the server has told of its work since the last call: recovery writes a line every ten seconds. Answers to those who ask too early don't count, as
    /// they are errors and those are lines of level LOG.
    /// </summary>
    internal bool HasProgressed()
    {
        var text = Read(_seen);
        var whole = text.LastIndexOf('\n') + 1;
        _seen += Encoding.UTF8.GetByteCount(text.AsSpan(0, whole));
        return text.AsSpan(0, whole).Contains(" LOG:  ", StringComparison.Ordinal);
    }

    /// <summary>Whether a server that ended names nothing that keeps it from starting: somebody stopped or killed it, or one of its processes.</summary>
    internal bool HasEndedWithoutFault() => !Array.Exists(Lines(), line => IsFatal(line) || !IsTheServers(line));

    /// <summary>Why the server failed: its fatal line with what follows it as detail and hint, behind the first thing it could not do. Else its last line; null for none.</summary>
    internal string? Reason()
    {
        var lines = Lines();
        var fatal = Array.FindLastIndex(lines, IsFatal);
        if (fatal < 0)
        {
            return lines.Length == 0 ? null : Message(lines[^1]);
        }

        var parts = lines.Skip(fatal).TakeWhile((line, index) => index == 0 || IsLevel(line, "DETAIL") || IsLevel(line, "HINT"));
        var cause = lines.Take(fatal).FirstOrDefault(line => IsLevel(line, "LOG") && line.Contains("could not", StringComparison.Ordinal));
        return string.Join(' ', (cause is null ? parts : parts.Prepend(cause)).Select(Message));
    }

    private string[] Lines() => Read(_begin).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether the line says why a server can't go on; what it tells those who connect while it starts or stops is none.</summary>
    private static bool IsFatal(string line) =>
        (IsLevel(line, "FATAL") || IsLevel(line, "PANIC"))
        && !line.Contains(" FATAL:  the database system is ", StringComparison.Ordinal)
        && !line.Contains(" FATAL:  terminating connection due to administrator command", StringComparison.Ordinal);

    /// <summary>Whether the server itself wrote the line: what its loader writes has neither process nor level.</summary>
    private static bool IsTheServers(string line) => line.Contains("] ", StringComparison.Ordinal);

    private static bool IsLevel(string line, string level) => line.Contains($" {level}:  ", StringComparison.Ordinal);

    /// <summary>A line without its time and process.</summary>
    private static string Message(string line)
    {
        var end = line.IndexOf("] ", StringComparison.Ordinal);
        return (end < 0 ? line : line[(end + 2)..]).Replace(":  ", ": ", StringComparison.Ordinal).TrimEnd('.') + ".";
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private string Read(long from)
    {
        try
        {
            using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Position = Math.Max(Math.Min(from, file.Length), file.Length - MostBytesRead);
            using var reader = new StreamReader(file, Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }
}
