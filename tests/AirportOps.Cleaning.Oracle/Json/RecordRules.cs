using System.Text;

namespace AirportOps.Cleaning.Oracle.Json;

/// <summary>
/// From a record to its events: the repair <c>unwrapped</c>, the refusals <c>too_large</c>, <c>not_json</c>, <c>truncated</c>,
/// <c>not_an_event</c> of the contract's section 3, and "From record to events" of the cleaning page.
/// </summary>
internal static class RecordRules
{
    private const int MaxRecordBytes = 1 << 20;
    private const int MaxWrapping = 8;

    /// <summary>The events of a record, in their order; at least one.</summary>
    public static IReadOnlyList<EventElement> Split(byte[] record)
    {
        if (record.Length > MaxRecordBytes)
        {
            return [Refused("too_large", record)];
        }

        var elements = Elements(record, 0);

        // A refusal keeps the whole record where that held one event.
        return elements.Count == 1 ? [elements[0] with { Raw = record }] : elements;
    }

    private static IReadOnlyList<EventElement> Elements(byte[] text, int wrapping)
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

        if (!items.OfType<JsonObject>().Any())
        {
            return broken is not null ? [broken]
                : items.Count == 0 ? [Refused("not_json", text)]
                : items is [JsonArray array] ? OfArray(array)
                : items is [JsonString inner] ? OfString(inner, wrapping)
                : [Refused("not_an_event", text)];
        }

        var isWrapped = hasMark || endsInComma || items.Count > 1 || broken is not null || wrapping > 0;
        var elements = items.Select(item => Element(item, isWrapped));
        return broken is null ? [.. elements] : [.. elements, broken];
    }

    private static IReadOnlyList<EventElement> OfArray(JsonArray array) => array.Items.OfType<JsonObject>().Any()
        ? [.. array.Items.Select(item => Element(item, isWrapped: true))]
        : [Refused("not_an_event", array.Raw)];

    /// <summary>A string whose content holds no whole object is <c>not_an_event</c>, for the string itself is JSON.</summary>
    private static IReadOnlyList<EventElement> OfString(JsonString wrapper, int wrapping)
    {
        if (wrapping < MaxWrapping)
        {
            var inner = Elements(Encoding.UTF8.GetBytes(wrapper.Text), wrapping + 1);
            if (inner.Any(element => element.Object is not null))
            {
                return inner;
            }
        }

        return [Refused("not_an_event", wrapper.Raw)];
    }

    private static EventElement Element(JsonItem item, bool isWrapped) => item is JsonObject found
        ? new EventElement(found, null, found.Raw, isWrapped || found.HasTrailingComma)
        : Refused("not_an_event", item.Raw);

    private static EventElement Refused(string reason, byte[] raw) => new(null, reason, raw, false);
}
