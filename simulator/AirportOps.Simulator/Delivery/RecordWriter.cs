using System.Security.Cryptography;
using AirportOps.Simulator.Events;
using AirportOps.Simulator.Ledger;
using AirportOps.Simulator.Mess;

namespace AirportOps.Simulator.Delivery;

/// <summary>Packs events into records and enters them into the ledger.</summary>
internal sealed class RecordWriter(bool withLedger)
{
    private const int DerivedIdBytes = 16;

    /// <summary>What stands around a string that holds an event: nothing, what SNS, CloudWatch Logs and Fluent Bit write.</summary>
    private static readonly (byte[] Before, byte[] After)[] Envelopes =
    [
        ([], []),
        ("{\"Type\":\"Notification\",\"MessageId\":\"6d1c\",\"Message\":"u8.ToArray(), "}"u8.ToArray()),
        ("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"id\":\"1\",\"message\":"u8.ToArray(), "}]}"u8.ToArray()),
        ("{\"stream\":\"stdout\",\"log\":"u8.ToArray(), "}"u8.ToArray()),
    ];

    private readonly Utf8Output _packed = new();
    private SimulatedBatch? _batch;
    private string _key = "";
    private Wrap _open;
    private int _missing;
    private int _inRecord;

    /// <summary>Records finished.</summary>
    public long Records { get; private set; }

    /// <summary>Events written.</summary>
    public long Events { get; private set; }

    /// <summary>Whether the next event goes into the same record as the last.</summary>
    public bool IsOpen => _missing > 0;

    /// <summary>Whether that record is an array.</summary>
    public bool IsArrayOpen => IsOpen && _open == Wrap.Array;

    /// <summary>Where the next records go; never between two events of one record.</summary>
    public void WriteTo(SimulatedBatch batch) => _batch = batch;

    /// <summary>Writes an event, and a row, a refusal or a duplicate into the ledger.</summary>
    /// <param name="key">Partition key, unless a record is open: that has its own.</param>
    /// <param name="draft">The event.</param>
    /// <param name="members">Events the record is to hold, when it is an array or a sequence.</param>
    /// <param name="isDuplicate">Whether the event was accepted before.</param>
    /// <returns>The bytes of the record when it holds this event only.</returns>
    public ReadOnlySpan<byte> Write(string key, EventDraft draft, int members = 1, bool isDuplicate = false)
    {
        var output = _batch!.Output;
        var start = output.Length;
        if (IsOpen)
        {
            output.Write(_open == Wrap.Array ? ","u8 : " "u8);
        }
        else
        {
            (_key, _open, _missing) = (key, draft.Wrap, members);
            output.Write(draft.Wrap switch
            {
                Wrap.Array => "["u8,
                Wrap.Mark => "\uFEFF"u8,
                _ => default,
            });
        }

        WriteObject(output, draft);
        draft.Repairs |= _open != Wrap.None ? Repairs.Unwrapped : 0;
        _inRecord++;
        if (withLedger)
        {
            Enter(draft, isDuplicate);
        }

        EndEvent();
        return output.Written[start..];
    }

    /// <summary>Writes a record, or an element of an open array, that is no event, for one refused event.</summary>
    public void WriteRefused(string key, ReadOnlySpan<byte> bytes, ulong mess, Refusal refusal)
    {
        var output = _batch!.Output;
        if (IsOpen)
        {
            output.Write((byte)',');
        }
        else
        {
            (_key, _open, _missing) = (key, Wrap.None, 1);
        }

        output.Write(bytes);
        _inRecord++;
        if (withLedger)
        {
            LedgerWriter.WriteRefusal(_batch.LedgerOutput, Records + 1, _inRecord, mess, refusal, default);
        }

        EndEvent();
    }

    /// <summary>Writes a record that was written before.</summary>
    public void WriteAgain(string key, ReadOnlySpan<byte> bytes, ulong mess, ReadOnlySpan<byte> eventId)
    {
        (_key, _open, _missing, _inRecord) = (key, Wrap.None, 1, 1);
        _batch!.Output.Write(bytes);
        if (withLedger)
        {
            LedgerWriter.WriteDuplicate(_batch.LedgerOutput, Records + 1, _inRecord, mess, eventId);
        }

        EndEvent();
    }

    private void WriteObject(Utf8Output output, EventDraft draft)
    {
        if (draft.Wrap == Wrap.Text)
        {
            _packed.Truncate(0);
            draft.Write(_packed);
            DeriveId(draft, _packed.Written);
            var (before, after) = Envelopes[Records % Envelopes.Length];
            output.Write(before);
            output.Write((byte)'"');
            foreach (var value in _packed.Written)
            {
                if (value is (byte)'"' or (byte)'\\')
                {
                    output.Write((byte)'\\');
                }

                output.Write(value);
            }

            output.Write((byte)'"');
            output.Write(after);
            return;
        }

        var start = output.Length;
        if (draft.IsUntouched)
        {
            CleanJson.WriteEvent(output, draft.Clean);
        }
        else
        {
            draft.Write(output);
            DeriveId(draft, output.Written[start..]);
        }
    }

    /// <summary>The contract's rule: the hash of the bytes from <c>{</c> to <c>}</c>.</summary>
    private static void DeriveId(EventDraft draft, ReadOnlySpan<byte> json)
    {
        if (draft.IdIsDerived)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(json, hash);
            var id = new byte[DerivedIdBytes * 2];
            Convert.TryToHexStringLower(hash[..DerivedIdBytes], id, out _);
            draft.Row.Set(Field.EventId, id);
        }
    }

    private void Enter(EventDraft draft, bool isDuplicate)
    {
        var (ledger, id) = (_batch!.LedgerOutput, draft.Row.Text(Field.EventId));
        if (draft.Refusal is { } refusal)
        {
            LedgerWriter.WriteRefusal(ledger, Records + 1, _inRecord, draft.Mess, refusal, id);
        }
        else if (isDuplicate)
        {
            LedgerWriter.WriteDuplicate(ledger, Records + 1, _inRecord, draft.Mess, id);
        }
        else
        {
            LedgerWriter.WriteRow(ledger, Records + 1, _inRecord, draft);
        }
    }

    private void EndEvent()
    {
        Events++;
        _missing--;
        if (_missing > 0)
        {
            return;
        }

        if (_open == Wrap.Array)
        {
            _batch!.Output.Write((byte)']');
        }

        _batch!.EndRecord(_key, _inRecord);
        _inRecord = 0;
        Records++;
    }
}
