using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace AirportOps.Streams;

/// <summary>The folder of one shard: its segments, in files named by their number. May not be there yet.</summary>
/// <param name="path">The folder.</param>
internal sealed class ShardFolder(string path)
{
    /// <summary>What an operator appends to the name of a segment whose records are given up.</summary>
    public const string GivenUpSuffix = ".lost";

    private const string Suffix = ".log";

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>Where a segment is written until it has its name: a file under its name always has a whole header.</summary>
    public string NewSegmentPath => System.IO.Path.Combine(Path, "new.tmp");

    /// <summary>Where stands which record was the last that was trimmed away.</summary>
    public string TrimmedPath => System.IO.Path.Combine(Path, "trimmed");

    /// <summary>The last record that was trimmed away; null where none was, or an earlier version trimmed it and did not note which.</summary>
    public ulong? Trimmed()
    {
        try
        {
            return ulong.TryParse(File.ReadAllText(TrimmedPath), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Where a segment lies.</summary>
    public string SegmentPath(long number) =>
        System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"{number:D10}{Suffix}"));

    /// <summary>The numbers of the segments there are, ascending.</summary>
    public long[] Segments()
    {
        if (!Directory.Exists(Path))
        {
            return [];
        }

        return Directory.EnumerateFiles(Path, "*" + Suffix)
            .Select(file => System.IO.Path.GetFileNameWithoutExtension(file))
            .Select(name => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0)
            .Order()
            .ToArray();
    }

    /// <summary>A segment between two others that is neither there nor given up; null for none. What is trimmed goes from the oldest on.</summary>
    public string? FirstMissing(long earlier, long later)
    {
        for (var number = earlier + 1; number < later; number++)
        {
            var path = SegmentPath(number);
            if (!File.Exists(path + GivenUpSuffix) && !File.Exists(path) && File.Exists(SegmentPath(earlier)))
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>Opens a segment to read it.</summary>
    /// <returns>Null when there is none of that number (any more).</returns>
    /// <exception cref="StreamException">Its header is damaged.</exception>
    public SegmentCursor? TryOpen(long number)
    {
        var file = SegmentPath(number);
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        try
        {
            var header = SegmentHeader.Read(handle, file);
            return header.Number == number ? new SegmentCursor(file, handle, header) : throw LocalStreamFailure.Damaged(file, 0);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }
}
