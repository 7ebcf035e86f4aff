using System.IO.Compression;
using System.Text;

namespace AirportOps.Files.Tests;

/// <summary>Contents of files, and what is read of them.</summary>
internal static class Samples
{
    internal static byte[] Lines(int count, int seed = 1)
    {
        var random = new Random(seed);
        return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, count).Select(i => $$"""{"event_id":"{{seed}}-{{i}}","n":{{random.Next()}}}""" + "\n")));
    }

    internal static byte[] Gzip(byte[] content, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, level))
        {
            gzip.Write(content);
        }

        // The framework writes nothing at all for nothing.
        return compressed.ToArray() is { Length: > 0 } whole ? whole : [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    }

    internal static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var stored = new MemoryStream();
        using (var zip = new ZipArchive(stored, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stored.ToArray();
    }

    /// <summary>All that is read of what is stored.</summary>
    internal static byte[] Read(byte[] stored, string name = "events.jsonl", bool isSeekable = true, Func<string, bool>? isWanted = null) =>
        All(InputContent.Open(isSeekable ? new MemoryStream(stored) : new Trickle(stored), name, isWanted));

    /// <summary>All that is read of what is stored as lines.</summary>
    internal static string ReadLines(byte[] stored, string name = "events.jsonl", bool isSeekable = true) =>
        Encoding.UTF8.GetString(All(InputContent.OpenLines(isSeekable ? new MemoryStream(stored) : new Trickle(stored), name)));

    private static byte[] All(Stream content)
    {
        using (content)
        {
            using var all = new MemoryStream();
            content.CopyTo(all);
            return all.ToArray();
        }
    }

    /// <summary>A pipe that gives a few bytes at a time.</summary>
    private sealed class Trickle(byte[] content) : InputStream
    {
        private int _given;

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(Math.Min(buffer.Length, 1 + (_given % 7)), content.Length - _given);
            content.AsSpan(_given, count).CopyTo(buffer);
            _given += count;
            return count;
        }
    }
}
