using System.Text.Json;

namespace AirportOps.Benchmarks.Comparison;

/// <summary>
/// Reads every token of a file of records with <see cref="Utf8JsonReader"/> on all cores and does nothing with them: what no cleaner that
/// reads JSON this way can beat.
/// </summary>
internal static class Tokeniser
{
    /// <summary>The verb that runs it in a process of its own.</summary>
    internal const string Verb = "tokenise";

    private const int BlockBytes = 4 << 20;

    /// <summary>Reads a file and prints how many tokens it has.</summary>
    internal static int Run(string path)
    {
        using var file = File.OpenHandle(path, options: FileOptions.None);
        var length = RandomAccess.GetLength(file);
        var blocks = (int)((length + BlockBytes - 1) / BlockBytes);
        long tokens = 0;
        Parallel.For(
            0,
            blocks,
            () => new byte[3 * BlockBytes],
            (block, _, buffer) =>
            {
                // A block takes the records that start in it: it skips to the first line feed and reads on behind its end.
                var start = Math.Max(0, ((long)block * BlockBytes) - 1);
                var read = RandomAccess.Read(file, buffer, start);
                var text = buffer.AsSpan(0, read);
                var end = (int)(Math.Min(length, (long)(block + 1) * BlockBytes) - start);
                var at = block == 0 ? 0 : text.IndexOf((byte)'\n') + 1;
                long count = 0;
                while (at < end && at < text.Length)
                {
                    var line = text[at..].IndexOf((byte)'\n') is >= 0 and var found ? text.Slice(at, found) : text[at..];
                    count += Tokens(line);
                    at += line.Length + 1;
                }

                Interlocked.Add(ref tokens, count);
                return buffer;
            },
            _ => { });
        Console.WriteLine($"{tokens} tokens");
        return 0;
    }

    private static long Tokens(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        long count = 0;
        try
        {
            while (reader.Read())
            {
                count++;
            }
        }
        catch (JsonException)
        {
            // A broken record counts up to its break.
        }

        return count;
    }
}
