using System.Text.Json;
using AirportOps.Files;
using AirportOps.Pipeline;
using AirportOps.Reliability;

namespace AirportOps.Cli.Feeding;

/// <summary>Opens files of raw records, and says in one line where one can't be read.</summary>
internal static class EventFiles
{
    /// <summary>The path that stands for standard input.</summary>
    internal const string StandardInput = "-";

    /// <summary>
    /// Opens a file of lines, told by its content whether it is compressed. A file that is one JSON value over several lines, as a page of an API is once
    /// somebody has printed it prettily, is one record.
    /// </summary>
    /// <param name="path">The file; <see cref="StandardInput"/> for standard input.</param>
    /// <param name="longestValue">Bytes up to which a value over several lines is one record.</param>
    /// <param name="cancellationToken">Ends the waiting for the first bytes of a pipe.</param>
    /// <exception cref="PipelineException">It can't be opened, or is no file of records.</exception>
    internal static async Task<RecordLineReader> OpenAsync(string path, int longestValue, CancellationToken cancellationToken)
    {
        try
        {
            if (path == StandardInput)
            {
                // Nothing is waited for but what tells compressed data: records of a pipe should not wait for later ones.
                var input = Console.OpenStandardInput();
                return new RecordLineReader(await Task.Run(() => InputContent.OpenLines(input, "standard input", look: 1), cancellationToken)
                    .WaitAsync(cancellationToken));
            }

            if (TryReadValue(path, longestValue) is { } value)
            {
                return new RecordLineReader(new MemoryStream(value), isOneRecord: true);
            }

            var stored = File.OpenRead(path);
            return new RecordLineReader(InputContent.OpenLines(stored, path), stored.CanSeek ? stored : null);
        }
        catch (Exception unreadable) when (Faults.IsOfFiles(unreadable))
        {
            throw new PipelineException($"{path} can't be read: {unreadable.Message}", Fault.Operator, unreadable);
        }
        catch (InputFormatException foreign)
        {
            throw new PipelineException(foreign.Message, Fault.Operator, foreign);
        }
    }

    /// <summary>Does something with a file that is open.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <param name="done">How many of its records are done.</param>
    /// <param name="work">Reads it.</param>
    /// <exception cref="PipelineException">It can't be read on.</exception>
    internal static async Task GuardAsync(string name, Func<long> done, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception unreadable) when (Faults.IsOfFiles(unreadable))
        {
            throw new PipelineException($"{name} can't be read on after record {done()}: {unreadable.Message}", Fault.Operator, unreadable);
        }
        catch (InvalidDataException damaged)
        {
            throw new PipelineException($"{name} is damaged after record {done()}: {damaged.Message.TrimEnd('.')}. Fetch it again.", Fault.Operator, damaged);
        }
    }

    /// <summary>Bytes of files as they are stored, in all; 0 where one has no size to speak of.</summary>
    internal static long SizeOf(IReadOnlyList<string> paths)
    {
        var sizes = paths.Select(SizeOf).ToList();
        return sizes.Contains(0) ? 0 : sizes.Sum();
    }

    /// <summary>Bytes of a file; 0 where it is none, or a pipe.</summary>
    internal static long SizeOf(string path) => path != StandardInput && File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <summary>The whole content where it is one JSON value and its first line is not.</summary>
    private static byte[]? TryReadValue(string path, int longest)
    {
        try
        {
            using var stored = File.OpenRead(path);
            if (!stored.CanSeek)
            {
                return null;
            }

            using var content = InputContent.Open(stored, path);
            var bytes = new byte[longest + 1];
            var read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var value = bytes.AsSpan(0, read).TrimEnd(" \t\r\n"u8);
            var json = value.StartsWith("\uFEFF"u8) ? value["\uFEFF"u8.Length..] : value;
            var firstLine = json.IndexOf((byte)'\n');
            return read <= longest && firstLine > 0 && !IsWhole(json[..firstLine]) && IsWhole(json) ? value.ToArray() : null;
        }
        catch (InvalidDataException)
        {
            // What is damaged is read as lines, up to where it is.
            return null;
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowTrailingCommas = true, MaxDepth = 1000 });
        try
        {
            return reader.Read() && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
