using System.Text.Json;
using AirportOps.Cleaning.Profiles;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Json;

/// <summary>
/// Finds the events in a record that is more, or less, than one object: a byte order mark, a JSON string holding the record, an array,
/// several values in a row with or without commas between; and what services and producers wrap around records, gzip among it.
/// </summary>
/// <param name="workspace">Holds the record, and takes what is unwrapped.</param>
/// <param name="keys">The keys of events.</param>
/// <param name="maxBytes">The most bytes that one gzip'd part may hold.</param>
internal sealed partial class RecordSplitter(Workspace workspace, KeyMap keys, int maxBytes)
{
    /// <summary>How often a record may be wrapped; real ones are wrapped once to three times.</summary>
    private const int MostWrappings = 8;

    private readonly List<RecordElement> _elements = [];
    private bool _hasValue;

    /// <summary>The parts found, in their order.</summary>
    internal IReadOnlyList<RecordElement> Elements => _elements;

    /// <summary>Whether the parts are objects that stand bare in the record, one alone: nothing was unwrapped.</summary>
    internal bool IsPlain { get; private set; }

    internal void Split(Slice record)
    {
        _elements.Clear();
        IsPlain = true;
        _expanded = 0;
        SplitRecord(record, MostWrappings);
        if (_elements.Count > 1)
        {
            IsPlain = false;
        }
    }

    /// <summary>Splits what stands for a record of its own: at least one part comes of it.</summary>
    private void SplitRecord(Slice record, int wrappingsLeft)
    {
        var before = _elements.Count;
        _hasValue = false;
        if (!TryExpand(record, wrappingsLeft))
        {
            SplitText(record, wrappingsLeft);
        }

        if (!HasObject(before))
        {
            // No object in it at all: the record is one event that is none, broken where what was read last is.
            var last = _elements.Count > before ? _elements[^1] : default;
            var isBroken = _elements.Count > before && last.Kind != RecordElementKind.Other;
            var kind = isBroken ? last.Kind : _hasValue ? RecordElementKind.Other : RecordElementKind.Malformed;
            RemoveFrom(before);
            _elements.Add(new RecordElement(kind, record, isBroken ? last.Fault : "no JSON in it"));
        }
    }

    private void SplitText(Slice text, int wrappingsLeft)
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
            var before = _elements.Count;
            var outcome = ReadValue(value, out var length, out var fault);
            if (outcome != JsonOutcome.Complete)
            {
                RemoveFrom(before);
                _elements.Add(new RecordElement(
                    outcome == JsonOutcome.Truncated ? RecordElementKind.Truncated : RecordElementKind.Malformed,
                    value,
                    fault));
                return;
            }

            OpenEnvelopes(before, wrappingsLeft);
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
    private JsonOutcome ReadValue(Slice text, out int length, out string? fault)
    {
        (length, fault) = (0, null);
        try
        {
            return ReadOrThrow(text, ref length);
        }
        catch (JsonException problem)
        {
            fault = problem.Message;
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

        return TrySplitString(new Slice(text.Start + 1, reader.ValueSpan.Length), wrappingsLeft);
    }

    /// <summary>Splits what stands between the quotes of a string, when it holds an object.</summary>
    private bool TrySplitString(Slice raw, int wrappingsLeft)
    {
        var destination = workspace.Reserve(JsonText.Growth * raw.Length);
        var content = workspace.Commit(JsonText.Unescape(workspace[raw], destination, keepsBytes: true, out var isRepaired));
        var before = _elements.Count;
        if (!TrySplitInner(content, wrappingsLeft))
        {
            return false;
        }

        for (var i = before; isRepaired && i < _elements.Count; i++)
        {
            _elements[i] = _elements[i] with { IsRepaired = true };
        }

        return true;
    }

    /// <summary>Splits what was wrapped, when it holds an object; else nothing of it stays.</summary>
    private bool TrySplitInner(Slice content, int wrappingsLeft)
    {
        var (before, wasPlain, hadValue) = (_elements.Count, IsPlain, _hasValue);
        SplitText(content, wrappingsLeft - 1);
        var hasObject = HasObject(before);
        if (!hasObject)
        {
            RemoveFrom(before);
            (IsPlain, _hasValue) = (wasPlain, hadValue);
        }

        IsPlain &= !hasObject;
        return hasObject;
    }

    private bool HasObject(int from) => _elements.FindIndex(from, element => element.Kind == RecordElementKind.Object) >= 0;

    private void RemoveFrom(int index) => _elements.RemoveRange(index, _elements.Count - index);

    private void Add(bool isObject, int start, int end) =>
        _elements.Add(new RecordElement(isObject ? RecordElementKind.Object : RecordElementKind.Other, From(start, end)));

    private int SkipWhitespace(int start, int end) => start + Whitespace.SkipJson(workspace[From(start, end)]);

    private static Slice From(int start, int end) => new(start, end - start);
}
