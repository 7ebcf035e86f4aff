using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Bronze;

/// <summary>
/// A record as a line of a Bronze object: <c>{"shard":"…","sequence":"…","arrived":"…","key":"…","data":…}</c>, with <c>data_b64</c> in place
/// of <c>data</c> where the bytes can't stand in a line as they are.
/// </summary>
internal static class BronzeLine
{
    private const int ArrivedBytes = 27;

    /// <summary>What partition keys consist of, and JSON takes as it is.</summary>
    private static readonly SearchValues<char> PlainCharacters =
        SearchValues.Create(" -_.:/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Appends the line with its line end.</summary>
    public static void Write(ArrayBufferWriter<byte> to, string shard, in StreamRecord record)
    {
        to.Write("{\"shard\":\""u8);
        Encoding.UTF8.GetBytes(shard, to);
        to.Write("\",\"sequence\":\""u8);
        record.Sequence.TryFormat(to.GetSpan(SequenceNumber.MaxDigits), out var digits, default, null);
        to.Advance(digits);
        to.Write("\",\"arrived\":\""u8);
        WriteArrived(to, record.Arrived);
        to.Write("\",\"key\":\""u8);
        WriteKey(to, record.PartitionKey);
        var data = record.Data.Span;
        if (IsOneLineOfJson(data))
        {
            to.Write("\",\"data\":"u8);
            to.Write(data);
            to.Write("}\n"u8);
        }
        else
        {
            to.Write("\",\"data_b64\":\""u8);
            Base64.EncodeToUtf8(data, to.GetSpan(Base64.GetMaxEncodedToUtf8Length(data.Length)), out _, out var written);
            to.Advance(written);
            to.Write("\"}\n"u8);
        }
    }

    /// <summary>Reads a line. Its keys may stand in any order, others are passed over.</summary>
    /// <param name="line">Without its line end; what the record's data refers to, unless it was <c>data_b64</c>.</param>
    /// <param name="shard">The shard's id, when the line has the same one; else a new string is made.</param>
    /// <param name="record">The record.</param>
    /// <returns>Whether it is such a line.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> line, ref string shard, out StreamRecord record)
    {
        record = default;
        try
        {
            return TryReadFields(line, ref shard, out record);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether bytes can stand in a line as they are and be had back by any JSON reader: well-formed JSON in well-formed UTF-8, without
    /// line ends, nor the white space around it that a reader would take for the line's own.
    /// </summary>
    internal static bool IsOneLineOfJson(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || data[0] <= ' ' || data[^1] <= ' ' || data.IndexOfAny((byte)'\n', (byte)'\r') >= 0 || !Utf8.IsValid(data))
        {
            return false;
        }

        // Told that more may come, the reader returns on a truncated record, the most frequent fault, where it would throw. A bare number
        // can't be told to be whole that way.
        var isNumber = data[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9');
        try
        {
            var reader = new Utf8JsonReader(data, isFinalBlock: isNumber, state: default);
            while (reader.Read())
            {
            }

            return reader.BytesConsumed == data.Length
                && reader.CurrentDepth == 0
                && reader.TokenType is not (JsonTokenType.None or JsonTokenType.StartObject or JsonTokenType.StartArray);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void WriteArrived(ArrayBufferWriter<byte> to, DateTimeOffset arrived)
    {
        // The round-trip format has seven digits of a second; the seventh makes room for the Z.
        var span = to.GetSpan(ArrivedBytes + 1);
        Utf8Formatter.TryFormat(arrived.UtcDateTime, span, out _, 'O');
        span[ArrivedBytes - 1] = (byte)'Z';
        to.Advance(ArrivedBytes);
    }

    private static void WriteKey(ArrayBufferWriter<byte> to, string key)
    {
        if (key.AsSpan().ContainsAnyExcept(PlainCharacters))
        {
            to.Write(JsonEncodedText.Encode(key, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        }
        else
        {
            Encoding.UTF8.GetBytes(key, to);
        }
    }

    private static bool TryReadFields(ReadOnlyMemory<byte> line, ref string shard, out StreamRecord record)
    {
        record = default;
        SequenceNumber sequence = default;
        DateTimeOffset arrived = default;
        string? key = null;
        ReadOnlyMemory<byte>? data = null;
        var found = 0;
        var reader = new Utf8JsonReader(line.Span, isFinalBlock: true, state: default);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("shard"u8))
            {
                reader.Read();
                if (!reader.ValueTextEquals(shard)) shard = reader.GetString()!;
                found |= 1;
            }
            else if (reader.ValueTextEquals("sequence"u8))
            {
                reader.Read();
                if (!SequenceNumber.TryParse(reader.GetString(), out sequence)) return false;
                found |= 2;
            }
            else if (reader.ValueTextEquals("arrived"u8))
            {
                reader.Read();
                arrived = reader.GetDateTimeOffset().ToUniversalTime();
                found |= 4;
            }
            else if (reader.ValueTextEquals("key"u8))
            {
                reader.Read();
                key = reader.GetString();
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                data = line[start..(int)reader.BytesConsumed];
            }
            else if (reader.ValueTextEquals("data_b64"u8))
            {
                reader.Read();
                data = reader.GetBytesFromBase64();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (found != 7 || key is null || data is null || reader.TokenType != JsonTokenType.EndObject || reader.Read()) return false;
        record = new StreamRecord(sequence, arrived, key, data.Value);
        return true;
    }
}
