using System.Text.Json;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Json;

/// <summary>
/// Finds the events in a record that is more, or less, than one object: a byte order mark, a JSON string holding the record, an array,
/// several values in a row with or without commas between.
/// </summary>
internal sealed class RecordSplitter(Workspace workspace)
{
    /// <summary>How often a record may be wrapped in a string; each wrapping doubles the backslashes, so real ones are wrapped once or twice.</summary>
    private const int MostWrappings = 8;

    private readonly List<RecordElement> _elements = [];
    private bool _hasValue;

    /// <summary>The parts found, in their order.</summary>
    internal IReadOnlyList<RecordElement> Elements => _elements;

    /// <summary>Whether the parts are objects that stand bare in the record, one alone: nothing was unwrapped.</summary>
    internal bool IsPlain { get; private set; }

    /// <summary>Whether a surrogate without its partner was replaced while a string was unescaped.</summary>
    internal bool IsRepaired { get; private set; }

    /// <summary>What the reader said of malformed JSON.</summary>
    internal string Fault { get; private set; } = "";

    internal void Split(Slice record)
    {
        _elements.Clear();
        (IsPlain, IsRepaired, Fault) = (true, false, "");
        _hasValue = false;
        Split(record, MostWrappings);
        if (!_elements.Exists(element => element.Kind == RecordElementKind.Object))
        {
            // No object in it at all: the record is one event that is none, broken where what was read last is.
            var isBroken = _elements.Count > 0 && _elements[^1].Kind != RecordElementKind.Other;
            Fault = isBroken ? Fault : "no JSON in it";
            var kind = isBroken ? _elements[^1].Kind : _hasValue ? RecordElementKind.Other : RecordElementKind.Malformed;
            _elements.Clear();
            _elements.Add(new RecordElement(kind, record));
        }
        else if (_elements.Count > 1)
        {
            IsPlain = false;
        }
    }

    private void Split(Slice text, int wrappingsLeft)
    {
        var position = text.Start;
        if (workspace[text].StartsWith("\uFEFF"u8))
        {
            position += "\uFEFF"u8.Length;
            IsPlain = false;
        }

        position = SkipWhitespace(position, text.End);
        if (position < text.End && workspace[position] == '"' && wrappingsLeft > 0 && TryUnwrap(From(position, text.End), wrappingsLeft))
        {
            return;
        }

        while (position < text.End)
        {
            var value = From(position, text.End);
            var outcome = ReadValue(value, out var length);
            if (outcome != JsonOutcome.Complete)
            {
                _elements.Add(new RecordElement(
                    outcome == JsonOutcome.Truncated ? RecordElementKind.Truncated : RecordElementKind.Malformed,
                    value));
                return;
            }

            _hasValue = true;
            position = SkipWhitespace(position + length, text.End);
            if (position < text.End && workspace[position] == ',')
            {
                IsPlain = false;
                position = SkipWhitespace(position + 1, text.End);
            }
        }
    }

    /// <summary>Reads one value and adds it; of an array, its elements.</summary>
    private JsonOutcome ReadValue(Slice text, out int length)
    {
        var before = _elements.Count;
        length = 0;
        try
        {
            var outcome = ReadOrThrow(text, ref length);
            if (outcome != JsonOutcome.Complete)
            {
                _elements.RemoveRange(before, _elements.Count - before);
            }

            return outcome;
        }
        catch (JsonException fault)
        {
            _elements.RemoveRange(before, _elements.Count - before);
            Fault = fault.Message;
            return JsonOutcome.Malformed;
        }
    }

    private JsonOutcome ReadOrThrow(Slice text, ref int length)
    {
        var json = workspace[text];
        var reader = JsonReading.Open(json);
        if (!reader.Read())
        {
            return ReadLastNumber(text, ref length);
        }

        var hasTrailingComma = false;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            IsPlain = false;
            while (true)
            {
                if (!reader.Read())
                {
                    return JsonOutcome.Truncated;
                }

                if (reader.TokenType == JsonTokenType.EndArray)
                {
                    break;
                }

                var start = (int)reader.TokenStartIndex;
                var isObject = reader.TokenType == JsonTokenType.StartObject;
                if ((isObject || reader.TokenType == JsonTokenType.StartArray)
                    && !JsonReading.TrySkipBrackets(ref reader, json, ref hasTrailingComma))
                {
                    return JsonOutcome.Truncated;
                }

                Add(isObject, text.Start + start, text.Start + (int)reader.BytesConsumed);
            }
        }
        else
        {
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            if (isObject && !JsonReading.TrySkipBrackets(ref reader, json, ref hasTrailingComma))
            {
                return JsonOutcome.Truncated;
            }

            Add(isObject, text.Start, text.Start + (int)reader.BytesConsumed);
        }

        IsPlain &= !hasTrailingComma;
        length = (int)reader.BytesConsumed;
        return JsonOutcome.Complete;
    }

    /// <summary>A number at the end of a record may go on, as far as the reader knows; it is read as if nothing followed.</summary>
    private JsonOutcome ReadLastNumber(Slice text, ref int length)
    {
        var json = workspace[text];
        if (json[0] is not ((byte)'-' or (>= (byte)'0' and <= (byte)'9')))
        {
            return JsonOutcome.Truncated;
        }

        if (json[^1] is not (>= (byte)'0' and <= (byte)'9'))
        {
            return JsonOutcome.Truncated;
        }

        length = text.Length;
        Add(false, text.Start, text.End);
        return JsonOutcome.Complete;
    }

    /// <summary>Splits what a string holds, when the string is the whole text and holds an object.</summary>
    private bool TryUnwrap(Slice text, int wrappingsLeft)
    {
        var reader = JsonReading.Open(workspace[text]);
        try
        {
            if (!reader.Read() || Whitespace.SkipJson(workspace[text][(int)reader.BytesConsumed..]) + reader.BytesConsumed < text.Length)
            {
                return false;
            }
        }
        catch (JsonException)
        {
            return false;
        }

        var raw = new Slice(text.Start + 1, reader.ValueSpan.Length);
        var destination = workspace.Reserve(JsonText.Growth * raw.Length);
        var content = workspace.Commit(JsonText.Unescape(workspace[raw], destination, keepsBytes: true, out var isRepaired));
        var wasPlain = IsPlain;
        Split(content, wrappingsLeft - 1);
        if (_elements.Exists(element => element.Kind == RecordElementKind.Object))
        {
            IsPlain = false;
            IsRepaired |= isRepaired;
            return true;
        }

        _elements.Clear();
        IsPlain = wasPlain;
        return false;
    }

    private void Add(bool isObject, int start, int end) =>
        _elements.Add(new RecordElement(isObject ? RecordElementKind.Object : RecordElementKind.Other, From(start, end)));

    private int SkipWhitespace(int start, int end) => start + Whitespace.SkipJson(workspace[From(start, end)]);

    private static Slice From(int start, int end) => new(start, end - start);
}
