using System.CommandLine;
using AirportOps.Parquet;
using AirportOps.Pipeline;
using AirportOps.Reliability;

namespace AirportOps.Cli.Cleaning;

/// <summary>How <c>clean</c> lays its Parquet files out.</summary>
internal static class LayoutOptions
{
    private static readonly Dictionary<string, ParquetCodec> Codecs = new(StringComparer.Ordinal)
    {
        ["none"] = ParquetCodec.None,
        ["snappy"] = ParquetCodec.Snappy,
        ["gzip"] = ParquetCodec.Gzip,
        ["zstd"] = ParquetCodec.Zstandard,
    };

    private static readonly Dictionary<string, ParquetPageVersion> PageVersions = new(StringComparer.Ordinal)
    {
        ["1"] = ParquetPageVersion.V1,
        ["2"] = ParquetPageVersion.V2,
    };

    private static readonly Dictionary<string, ParquetEncodings> EncodingSets = new(StringComparer.Ordinal)
    {
        ["basic"] = ParquetEncodings.Basic,
        ["compact"] = ParquetEncodings.Compact,
    };

    private static readonly Option<string> Codec = Choice("--codec", "Compression of pages; Redshift is known to load snappy", Codecs.Keys, "snappy");

    private static readonly Option<string> PageVersion = Choice("--page-version", "Version of data pages; Redshift is known to load 1", PageVersions.Keys, "1");

    private static readonly Option<string> Encodings = Choice(
        "--encodings", "compact: delta and split encodings too, where they are smaller; Redshift is known to load basic", EncodingSets.Keys, "basic");

    internal static void AddTo(Command command)
    {
        command.Options.Add(Codec);
        command.Options.Add(PageVersion);
        command.Options.Add(Encodings);
    }

    /// <summary>The layout asked for, pages with checksums as in every file of Silver.</summary>
    /// <exception cref="PipelineException">This machine lacks the codec.</exception>
    internal static ParquetWriterOptions Read(ParseResult parsed) => Checked(
        new ParquetWriterOptions
        {
            Codec = Codecs[parsed.GetValue(Codec)!],
            PageVersion = PageVersions[parsed.GetValue(PageVersion)!],
            Encodings = EncodingSets[parsed.GetValue(Encodings)!],
            Checksums = true,
        },
        ParquetCodecs.IsAvailable);

    internal static ParquetWriterOptions Checked(ParquetWriterOptions layout, Func<ParquetCodec, bool> isAvailable) => isAvailable(layout.Codec)
        ? layout
        : throw new PipelineException(
            "--codec zstd needs the library libzstd, which this machine lacks: install it (Debian: apt-get install libzstd1) or take another codec.", Fault.Operator, null);

    private static Option<string> Choice(string name, string description, IEnumerable<string> choices, string byDefault)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => byDefault };
        option.AcceptOnlyFromAmong([.. choices]);
        return option;
    }
}
