using System.IO.Compression;
using System.Security.Cryptography;
using AirportOps.Cleaning;
using AirportOps.Parquet;
using AirportOps.Pipeline.Batch;
using AirportOps.Pipeline.Firehose;
using AirportOps.Pipeline.Verification;
using AirportOps.Reference;

namespace AirportOps.Pipeline.Tests.Batch;

/// <summary>A folder with files to clean and results.</summary>
internal sealed class BatchScene : IDisposable
{
    internal static readonly DateTimeOffset Now = new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder that results go to unless another is named.</summary>
    internal string Out => PathOf("out");

    internal string PathOf(string name) => Path.Combine(_folder.Path, name);

    internal string Write(string name, byte[] content)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    internal string Write(string name, IEnumerable<string> records) => Write(name, MessyRecords.Lines(records));

    internal static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    /// <summary>Cleans files, by default with one worker.</summary>
    internal Task<CleanManifest> CleanAsync(
        string[] files,
        BatchLimits? limits = null,
        string? output = null,
        bool areBronze = false,
        bool force = false,
        Action? beforeStep = null,
        byte[]? standardInput = null,
        FirehoseDelimiter? firehose = null) =>
        new BatchCleaner(ReferenceTables.Default, new StageProgress("clean"))
        {
            Limits = limits ?? new BatchLimits { Workers = 1 },
            BeforeStep = beforeStep ?? (() => { }),
            StandardInput = () => new UnseekableStream(standardInput ?? []),
        }.RunAsync(
            new BatchRequest(BatchInputs.Find(files, Now, TimeProvider.System), areBronze, output ?? Out, force) { Firehose = firehose },
            TestContext.Current.CancellationToken);

    /// <summary>Every file of a folder, hidden ones too, with a hash of its content.</summary>
    internal static IReadOnlyList<string> Contents(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(path => $"{Path.GetRelativePath(folder, path)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Every row of a result with its entity, day, shard and sequence, in the order of the files.</summary>
    internal static IReadOnlyList<string> Rows(string folder)
    {
        var rows = new List<string>();
        var canonical = new CanonicalRow();
        foreach (var file in CleanedFolder.ReadManifest(folder).Files)
        {
            using var reader = new ParquetReader(File.ReadAllBytes(Path.Combine(folder, file.Key)));
            for (var group = 0; group < reader.RowGroups.Count; group++)
            {
                var source = new SilverRows(reader, group, EntityNames.Find(file.Entity)!.Value);
                var shard = reader.ReadColumn(group, reader.Schema.IndexOf("shard"));
                var sequence = reader.ReadColumn(group, reader.Schema.IndexOf("sequence"));
                for (var row = 0; source.Read(canonical); row++)
                {
                    rows.Add(Describe(file.Entity, file.EventDate, canonical.Text, shard.Utf8Value(row), sequence.Utf8Value(row)));
                }
            }
        }

        return rows;
    }

    internal static string Describe(string entity, DateOnly day, string row, ReadOnlySpan<byte> shard, ReadOnlySpan<byte> sequence) =>
        $"{entity} {day:yyyy-MM-dd} {row.ReplaceLineEndings(" ")}{System.Text.Encoding.UTF8.GetString(shard)} {System.Text.Encoding.UTF8.GetString(sequence)}";

    /// <summary>The lines of a result's quarantine, in the order of its files.</summary>
    internal static IReadOnlyList<string> Quarantine(string folder)
    {
        var lines = new List<string>();
        foreach (var file in CleanedFolder.ReadManifest(folder).Quarantine)
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, file.Key)), CompressionMode.Decompress));
            lines.AddRange(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        return lines;
    }

    public void Dispose() => _folder.Dispose();
}
