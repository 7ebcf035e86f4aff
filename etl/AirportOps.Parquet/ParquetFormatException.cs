using System.Globalization;
using AirportOps.Reliability;

namespace AirportOps.Parquet;

/// <summary>Bytes that are not a Parquet file of the profile this library writes: corrupt, cut off, or using another feature of the format.</summary>
public sealed class ParquetFormatException : FaultException
{
    internal ParquetFormatException(long offset, string found, string expected, Exception? inner = null)
        : base(string.Create(CultureInfo.InvariantCulture, $"Not a readable Parquet file at byte {offset}: found {found}, expected {expected}."), Fault.Operator, inner)
    {
        Offset = offset;
        Found = found;
        Expected = expected;
    }

    /// <summary>Byte offset in the file of the structure at fault; inside a compressed page, the offset of the page.</summary>
    public long Offset { get; }

    /// <summary>What the file says there.</summary>
    public string Found { get; }

    /// <summary>What a readable file would say.</summary>
    public string Expected { get; }
}
