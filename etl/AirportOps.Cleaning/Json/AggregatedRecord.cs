using System.Security.Cryptography;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Json;

/// <summary>
/// Records that the Kinesis Producer Library put into one: four magic bytes, a protocol buffer whose field 3 repeats a message with the data of a
/// record in its field 3, and the MD5 of the buffer
/// (<see href="https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md">its format</see>).
/// </summary>
internal static class AggregatedRecord
{
    private const int RecordsField = 3;
    private const int DataField = 3;
    private const int LengthDelimited = 2;

    private static ReadOnlySpan<byte> Magic => [0xF3, 0x89, 0x9A, 0xC2];

    internal static bool IsOne(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Magic);

    /// <summary>Finds the records, in their order.</summary>
    /// <param name="workspace">Holds the aggregate.</param>
    /// <param name="aggregate">The aggregate, which <see cref="IsOne"/>.</param>
    /// <param name="records">Takes where each record's data stands.</param>
    /// <returns>Null when it is whole; else what is wrong.</returns>
    internal static string? Read(Workspace workspace, Slice aggregate, List<Slice> records)
    {
        var end = aggregate.End - MD5.HashSizeInBytes;
        var start = aggregate.Start + Magic.Length;
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        if (end < start)
        {
            return "an aggregated record that ends early";
        }

#pragma warning disable CA5351 // The format's check against damage; nothing is kept secret by it.
        MD5.HashData(workspace[new Slice(start, end - start)], hash);
#pragma warning restore CA5351
        if (!hash.SequenceEqual(workspace[new Slice(end, MD5.HashSizeInBytes)]))
        {
            return "an aggregated record whose MD5 is not that of its content";
        }

        var message = new Slice(start, end - start);
        while (TryReadField(workspace, ref message, out var number, out var record))
        {
            if (number != RecordsField || record is not { } fields)
            {
                continue;
            }

            Slice? data = null;
            while (TryReadField(workspace, ref fields, out var field, out var content))
            {
                data = field == DataField && content is not null ? content : data;
            }

            if (fields.Length > 0 || data is null)
            {
                return "an aggregated record with a record that can't be read";
            }

            records.Add(data.Value);
        }

        return message.Length > 0 ? "an aggregated record that is no protocol buffer"
            : records.Count == 0 ? "an aggregated record without records"
            : null;
    }

    /// <summary>Reads a field and steps over it.</summary>
    /// <returns>False at the end, and where it can't be read: then something is left of the message.</returns>
    private static bool TryReadField(Workspace workspace, ref Slice message, out int number, out Slice? content)
    {
        var rest = message;
        (number, content) = (0, null);
        if (rest.Length == 0 || !TryReadVarint(workspace, ref rest, out var tag))
        {
            return false;
        }

        number = (int)Math.Min(tag >> 3, int.MaxValue);
        var length = 0UL;
        var isRead = (tag & 7) switch
        {
            0 => TryReadVarint(workspace, ref rest, out _),
            1 => (length = sizeof(ulong)) > 0,
            LengthDelimited => TryReadVarint(workspace, ref rest, out length),
            5 => (length = sizeof(uint)) > 0,
            _ => false,
        };
        if (!isRead || length > (ulong)rest.Length)
        {
            return false;
        }

        content = (tag & 7) == LengthDelimited ? rest with { Length = (int)length } : null;
        message = new Slice(rest.Start + (int)length, rest.Length - (int)length);
        return true;
    }

    private static bool TryReadVarint(Workspace workspace, ref Slice rest, out ulong value)
    {
        const int mostBits = 63;
        value = 0;
        for (var (shift, i) = (0, 0); i < rest.Length && shift <= mostBits; shift += 7, i++)
        {
            var next = workspace[rest.Start + i];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                rest = new Slice(rest.Start + i + 1, rest.Length - i - 1);
                return true;
            }
        }

        return false;
    }
}
