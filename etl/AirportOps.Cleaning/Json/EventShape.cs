using System.Text.Json;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Json;

/// <summary>Tells an event from an object inside one, by its keys: for finding records again where nothing delimits them.</summary>
public static class EventShape
{
    /// <summary>Of event_id, event_type and event_time two suffice: each may be left out and derived, and nested objects have one at most.</summary>
    private const int Enough = 2;

    private const ulong Telling = (1UL << (int)Field.EventId) | (1UL << (int)Field.EventType) | (1UL << (int)Field.EventTime);

    /// <summary>Whether an object has the keys of an event, in any spelling the cleaner knows. Reads as far as it must, or until the object breaks.</summary>
    /// <param name="json">Starts with the object's brace; may go on after it or end before.</param>
    public static bool IsEvent(ReadOnlySpan<byte> json)
    {
        Span<byte> key = stackalloc byte[KeyTable.LongestKey];
        var found = 0UL;
        try
        {
            var reader = JsonReading.Open(json);
            while (reader.Read() && !(reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 0))
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                {
                    continue;
                }

                var length = KeyText.Normalise(reader.ValueSpan, key);
                if (length > 0 && KeyTable.TryFind(key[..length], out var field, out _))
                {
                    found |= (1UL << (int)field) & Telling;
                    if (ulong.PopCount(found) >= Enough)
                    {
                        return true;
                    }
                }
            }
        }
        catch (JsonException)
        {
            // What came before the break counts.
        }

        return false;
    }
}
