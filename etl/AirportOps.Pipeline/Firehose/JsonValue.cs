using System.Buffers;
using System.Text.Json;

namespace AirportOps.Pipeline.Firehose;

/// <summary>One JSON value at the start of some bytes, read to its end or to where it breaks.</summary>
internal ref struct JsonValue
{
    /// <summary>Objects around the place where a value breaks whose starts are known; deeper ones are not told apart.</summary>
    private const int DeepestKnown = 64;

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("+-.0123456789eE"u8);

    private static readonly JsonReaderOptions Options = new() { AllowTrailingCommas = true, MaxDepth = int.MaxValue };

    private JsonValue(JsonValueOutcome outcome, int consumed) => (Outcome, Consumed) = (outcome, consumed);

    /// <summary>How it ended.</summary>
    internal JsonValueOutcome Outcome { get; }

    /// <summary>Bytes of the value; of one that breaks or goes on, the end of the last token that could be read.</summary>
    internal int Consumed { get; private init; }

    /// <summary>Where that token starts, if it is a string that is a value; else <see cref="Consumed"/>.</summary>
    internal int LastStringStart { get; private init; }

    /// <summary>Where the object starts that the last token ended, if it stands inside the value; else −1.</summary>
    internal int LastObjectStart { get; private init; }

    /// <summary>Reads a value.</summary>
    /// <param name="bytes">From the value's first byte on.</param>
    /// <param name="isEnd">Whether nothing follows: a value that goes on then is broken.</param>
    internal static JsonValue Read(ReadOnlySpan<byte> bytes, bool isEnd) => bytes.IsEmpty
        ? new JsonValue(isEnd ? JsonValueOutcome.Broken : JsonValueOutcome.GoesOn, 0)
        : bytes[0] switch
        {
            (byte)'{' or (byte)'[' or (byte)'"' => ReadTokens(bytes, isEnd),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => ReadNumber(bytes, isEnd),
            (byte)'t' => ReadLiteral(bytes, "true"u8, isEnd),
            (byte)'f' => ReadLiteral(bytes, "false"u8, isEnd),
            (byte)'n' => ReadLiteral(bytes, "null"u8, isEnd),
            _ => new JsonValue(JsonValueOutcome.Broken, 0),
        };

    private static JsonValue ReadTokens(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        Span<int> starts = stackalloc int[DeepestKnown];
        int consumed = 0, lastString = 0, lastObject = -1;
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, new JsonReaderState(Options));
        try
        {
            while (reader.Read())
            {
                consumed = lastString = (int)reader.BytesConsumed;
                lastObject = -1;
                var depth = reader.CurrentDepth;
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject when depth < DeepestKnown:
                        starts[depth] = (int)reader.TokenStartIndex;
                        break;
                    case JsonTokenType.EndObject when depth is > 0 and < DeepestKnown:
                        lastObject = starts[depth];
                        break;
                    case JsonTokenType.String:
                        lastString = (int)reader.TokenStartIndex;
                        break;
                }

                if (depth == 0 && (reader.TokenType is JsonTokenType.String or JsonTokenType.EndObject or JsonTokenType.EndArray))
                {
                    return new JsonValue(JsonValueOutcome.Complete, consumed);
                }
            }

            return new JsonValue(isEnd ? JsonValueOutcome.Broken : JsonValueOutcome.GoesOn, consumed)
            {
                LastStringStart = lastString,
                LastObjectStart = lastObject,
            };
        }
        catch (JsonException)
        {
            return new JsonValue(JsonValueOutcome.Broken, consumed) { LastStringStart = lastString, LastObjectStart = lastObject };
        }
    }

    private static JsonValue ReadNumber(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        var length = bytes.IndexOfAnyExcept(NumberBytes);
        return length < 0 && !isEnd
            ? new JsonValue(JsonValueOutcome.GoesOn, 0)
            : new JsonValue(JsonValueOutcome.Complete, length < 0 ? bytes.Length : length);
    }

    private static JsonValue ReadLiteral(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> literal, bool isEnd) =>
        bytes.StartsWith(literal) ? new JsonValue(JsonValueOutcome.Complete, literal.Length)
        : !isEnd && literal.StartsWith(bytes) ? new JsonValue(JsonValueOutcome.GoesOn, 0)
        : new JsonValue(JsonValueOutcome.Broken, 0);
}
