using System.Text;

namespace AirportOps.Cleaning.Oracle.Json;

/// <summary>
/// From a record to its events: the repair <c>unwrapped</c>, the refusals <c>too_large</c>, <c>not_json</c>, <c>truncated</c>,
/// <c>not_an_event</c> of the contract's section 3, and "From record to events" of the cleaning page.
/// </summary>
internal static class RecordRules
{
    public const int MaxRecordBytes = 1 << 20;
    public const int MaxWrapping = 8;

    /// <summary>The events of a record, in their order; at least one.</summary>
    public static IReadOnlyList<EventElement> Split(byte[] record)
    {
        if (record.Length > MaxRecordBytes)
        {
            return [Refused("too_large", record)];
        }

        var elements = Record(record, 0);

        // A refusal keeps the whole record where that held one event.
        return elements.Count == 1 ? [elements[0] with { Raw = record }] : elements;
    }

    /// <summary>What stands for a record of its own: where nothing is an object, it is one event that is none.</summary>
    private static IReadOnlyList<EventElement> Record(byte[] bytes, int wrapping)
    {
        var elements = WrappingRules.Expanded(bytes, wrapping) ?? Elements(bytes, wrapping);
        return elements.Any(element => element.Object is not null) ? elements : [elements[^1] with { Raw = bytes }];
    }

    /// <summary>What comes of bytes that were wrapped so often: gzip, an aggregate, or a text.</summary>
    public static IReadOnlyList<EventElement> Inner(byte[] bytes, int wrapping, bool isRecord) =>
        isRecord ? Record(bytes, wrapping) : WrappingRules.Expanded(bytes, wrapping) ?? Elements(bytes, wrapping);

    public static EventElement Refused(string reason, byte[] raw) => new(null, reason, raw, false, false);

    public static IReadOnlyList<EventElement> Elements(byte[] text, int wrapping)
    {
        var hasMark = text.AsSpan().StartsWith(Encoding.UTF8.Preamble);
        var parser = new JsonParser(text) { Position = hasMark ? Encoding.UTF8.Preamble.Length : 0 };
        var items = new List<JsonItem>();
        var endsInComma = false;
        EventElement? broken = null;
        parser.SkipBlanks();
        while (!parser.IsAtEnd)
        {
            var start = parser.Position;
            try
            {
                items.Add(parser.ReadValue());
            }
            catch (BrokenJsonException problem)
            {
                broken = Refused(problem.Reason, text[start..]);
                break;
            }

            parser.SkipBlanks();
            endsInComma = parser.TakeComma();
            parser.SkipBlanks();
        }

        if (items is [JsonString inner] && broken is null && !endsInComma && wrapping < MaxWrapping && Unwrapped(inner, wrapping) is { } unwrapped)
        {
            return unwrapped;
        }

        // An array is its elements. Where nothing is an object, the record is one event that is none.
        var parts = items.SelectMany(item => item is JsonArray array ? array.Items : [item]).ToList();
        if (!parts.OfType<JsonObject>().Any())
        {
            return [broken ?? Refused(items.Count == 0 ? "not_json" : "not_an_event", text)];
        }

        var isWrapped = hasMark || endsInComma || items.Any(item => item is JsonArray) || parts.Count > 1 || broken is not null || wrapping > 0;
        var elements = parts.SelectMany(part => part is JsonObject found
            ? WrappingRules.Opened(found, wrapping) ?? [new EventElement(found, null, found.Raw, isWrapped || found.HasTrailingComma, false)]
            : [Refused("not_an_event", part.Raw)]);
        return broken is null ? [.. elements] : [.. elements, broken];
    }

    /// <summary>The events in a string; null where its content holds no whole object, for then the string is JSON that is no event.</summary>
    public static IReadOnlyList<EventElement>? Unwrapped(JsonString wrapper, int wrapping)
    {
        var inner = Elements(wrapper.Content, wrapping + 1);
        return inner.Any(element => element.Object is not null)
            ? [.. inner.Select(element => element with { IsIllFormed = element.IsIllFormed || wrapper.HasLoneSurrogate })]
            : null;
    }
}
