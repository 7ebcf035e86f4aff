using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AirportOps.Cleaning;
using AirportOps.Cleaning.Columns;

namespace AirportOps.Pipeline.Verification;

/// <summary>
/// A row as text in one form, whether it comes from a ledger or from Silver: a line <c>name=value</c> for each column that is not null, in the order
/// of Silver's columns, without arrival, shard and sequence, which a ledger can't know; the repairs apart. Not thread-safe; reused from row to row.
/// </summary>
internal sealed class CanonicalRow
{
    private static readonly HashSet<string> OfTheStream = new(["arrived", "shard", "sequence"], StringComparer.Ordinal);

    private static readonly SchemaColumn[][] Compared =
        [.. EntityNames.All.Select(entity => EventSchema.Columns(entity).Where(column => !OfTheStream.Contains(column.Name)).ToArray())];

    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly ArrayBufferWriter<byte> _json = new();

    /// <summary>The columns of an entity that are compared, in order.</summary>
    internal static IReadOnlyList<SchemaColumn> Columns(Entity entity) => Compared[(int)entity];

    /// <summary>The row's repairs, sorted and joined by commas; null for none.</summary>
    internal string? Repairs { get; set; }

    /// <summary>Whether the row has extras.</summary>
    internal bool HasExtras { get; private set; }

    /// <summary>The text so far, repairs included.</summary>
    internal string Text => Encoding.UTF8.GetString(_text.WrittenSpan) + (Repairs is null ? string.Empty : $"repairs={Repairs}\n");

    /// <summary>The first half of the SHA-256 of the values so far; repairs are none.</summary>
    internal UInt128 Hash => HashOf(_text.WrittenSpan);

    /// <summary>Hashes text the way <see cref="Hash"/> does.</summary>
    internal static UInt128 HashOf(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>Starts the next row.</summary>
    internal void Clear()
    {
        _text.ResetWrittenCount();
        (Repairs, HasExtras) = (null, false);
    }

    internal void Add(string name, ReadOnlySpan<byte> value)
    {
        Encoding.UTF8.GetBytes(name, _text);
        _text.Write("="u8);
        _text.Write(value);
        _text.Write("\n"u8);
    }

    internal void Add(string name, string value) => Add(name, Encoding.UTF8.GetBytes(value));

    internal void AddInteger(string name, int value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    internal void AddNumber(string name, double value) => Add(name, value.ToString("R", CultureInfo.InvariantCulture));

    internal void AddDate(string name, int day) =>
        Add(name, DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    internal void AddInstant(string name, long micros) => Add(name, Iso8601.FromMicros(micros));

    /// <summary>Adds extras without white space and escapes, so that two spellings of equal extras are equal.</summary>
    internal void AddExtras(string name, JsonElement value)
    {
        HasExtras = true;
        _json.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_json))
        {
            value.WriteTo(writer);
        }

        Add(name, _json.WrittenSpan);
    }

    /// <summary>Adds all of a ledger's row.</summary>
    /// <param name="entity">What the row is about.</param>
    /// <param name="row">The fields that are not null; instants and dates in their clean form, extras as JSON.</param>
    /// <param name="repairs">The repairs expected; null for none.</param>
    /// <exception cref="FormatException">A value is of another kind than its column.</exception>
    internal void AddLedgerRow(Entity entity, JsonElement row, string? repairs)
    {
        Repairs = repairs;
        foreach (var column in Columns(entity))
        {
            if (column.Name != "repairs" && row.TryGetProperty(column.Name, out var value) && value.ValueKind is not JsonValueKind.Null)
            {
                AddLedgerValue(column, value);
            }
        }
    }

    private void AddLedgerValue(SchemaColumn column, JsonElement value)
    {
        switch (column.Type)
        {
            case ColumnType.Int32:
                AddInteger(column.Name, value.GetInt32());
                break;
            case ColumnType.Double:
                AddNumber(column.Name, value.GetDouble());
                break;
            case ColumnType.Instant:
                var time = DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
                AddInstant(column.Name, Iso8601.ToMicros(time));
                break;
            case ColumnType.Utf8 when column.Name == "extras":
                AddExtras(column.Name, value);
                break;
            default:
                Add(column.Name, value.GetString()!);
                break;
        }
    }
}
