using AirportOps.Simulator.Events;
using AirportOps.Simulator.Mess;

namespace AirportOps.Simulator.Delivery;

/// <summary>Records that no event can be read from.</summary>
internal sealed class BrokenRecords(RecordWriter writer, SplitMix luck)
{
    /// <summary>One byte more than 1 MiB, in the padding alone.</summary>
    private const int TooLarge = (1 << 20) + 1;

    private const int ShortestCut = 8;

    private static readonly byte[][] NotJson =
    [
        "ERR 503 upstream timed out"u8.ToArray(), "<flight id=\"7\" status=\"departed\"/>"u8.ToArray(), "hello"u8.ToArray(),
        "{'event_id': 'x1', 'status': 'departed'}"u8.ToArray(), "event_id=x1;status=departed"u8.ToArray(), "%%%"u8.ToArray(),
    ];

    private static readonly byte[][] NoEvents = ["42"u8.ToArray(), "[1,2]"u8.ToArray(), "true"u8.ToArray(), "-7.5"u8.ToArray(), "null"u8.ToArray()];

    private static readonly byte[][] NoElements = ["7"u8.ToArray(), "true"u8.ToArray(), "-7.5"u8.ToArray()];

    private readonly Utf8Output _bytes = new();

    /// <summary>Writes one in the place of an event.</summary>
    /// <returns>Whether it could be written; inside a record with other events only what is no event can.</returns>
    public bool Write(MessKind kind, string key, EventDraft draft)
    {
        if (writer.IsOpen && !(kind == MessKind.NotAnEvent && writer.IsArrayOpen))
        {
            return false;
        }

        draft.Note(kind);
        _bytes.Truncate(0);
        switch (kind)
        {
            case MessKind.TooLarge:
                CleanJson.WriteEvent(_bytes, draft.Clean);
                _bytes.Truncate(_bytes.Length - 1);
                _bytes.Write(",\"padding\":\""u8);
                _bytes.Fill((byte)'x', TooLarge);
                _bytes.Write("\"}"u8);
                break;
            case MessKind.Truncated:
                CleanJson.WriteEvent(_bytes, draft.Clean);
                _bytes.Truncate(luck.Between(ShortestCut, _bytes.Length - 1));
                break;
            default:
                _bytes.Write(luck.Pick<byte[]>(kind == MessKind.NotJson ? NotJson : writer.IsOpen ? NoElements : NoEvents));
                break;
        }

        writer.WriteRefused(key, _bytes.Written, draft.Mess, new Refusal(MessTable.Ids[(int)kind], null, false));
        return true;
    }
}
