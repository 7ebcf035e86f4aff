namespace AirportOps.Files;

/// <summary>A format that is told by its first bytes and not read.</summary>
/// <param name="What">Its name, as in "FILE is …".</param>
/// <param name="Advice">What to do, a sentence.</param>
internal sealed record UnreadFormat(string What, string Advice)
{
    private const int TarMagicAt = 257;
    private const string ToLines = "Write its rows as lines of JSON first, for instance with DuckDB: COPY (FROM 'FILE') TO 'lines.jsonl' (FORMAT JSON).";

    private static readonly (byte[] Start, UnreadFormat Format)[] Known =
    [
        ([.. "BZh"u8, .. "1AY&SY"u8], Compressed("bzip2")),
        ([0xFD, .. "7zXZ"u8, 0], Compressed("xz")),
        ([0x28, 0xB5, 0x2F, 0xFD], Compressed("Zstandard", "zstd")),
        ([0x04, 0x22, 0x4D, 0x18], Compressed("LZ4", "lz4")),
        ([0x1F, 0x9D], Compressed("compress", "uncompress")),
        ([0xFF, 6, 0, 0, .. "sNaPpY"u8], new("Snappy", "Decompress it first, or have it written with gzip.")),
        ([0x82, .. "SNAPPY"u8], new("Snappy", "Decompress it first, or have it written with gzip.")),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], new("a 7z archive", "Unpack it first (7z x).")),
        ([.. "Rar!"u8, 0x1A, 7], new("a RAR archive", "Unpack it first (unrar x).")),
        ([.. "PAR1"u8], new("Parquet", ToLines)),
        ([.. "ORC"u8], new("ORC", ToLines)),
        ([.. "Obj"u8, 1], new("Avro", ToLines)),
        ([.. "ARROW1"u8], new("Arrow", ToLines)),
        ([0xFF, 0xFE, 0, 0], InUtf32),
        ([0, 0, 0xFE, 0xFF], InUtf32),
    ];

    private static UnreadFormat InUtf32 => new("UTF-32", "Convert it first: iconv -f UTF-32 -t UTF-8.");

    /// <summary>The format of what begins so; null where none is known.</summary>
    internal static UnreadFormat? Find(ReadOnlySpan<byte> start)
    {
        foreach (var (magic, format) in Known)
        {
            // "BZh" and "1AY&SY" have the block size between them.
            if (start.StartsWith(magic) || (magic[0] == 'B' && start.StartsWith(magic.AsSpan(0, 3)) && start.Length > 3 && start[4..].StartsWith(magic.AsSpan(3))))
            {
                return format;
            }
        }

        return start.Length > TarMagicAt && start[TarMagicAt..].StartsWith("ustar"u8) ? new("a tar archive", "Unpack it first (tar -xf).") : null;
    }

    private static UnreadFormat Compressed(string name, string? command = null) => new($"compressed with {name}", $"Decompress it first ({command ?? name} -d).");
}
