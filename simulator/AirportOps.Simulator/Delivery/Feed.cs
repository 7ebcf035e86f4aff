using AirportOps.Simulator.Day;
using AirportOps.Simulator.Events;
using AirportOps.Simulator.Mess;

namespace AirportOps.Simulator.Delivery;

/// <summary>
/// What becomes of events on the way to the stream: most go out as they are, some untidy, broken, late or twice. It knows what a cleaner
/// must make of each because it did the damage.
/// </summary>
internal sealed class Feed
{
    private const int Attempts = 8;
    private const int SecondRepairPercent = 25;
    private const int ThirdRepairPercent = 35;

    private readonly SimulatorOptions _options;
    private readonly MessTable _table;
    private readonly int _messPerMillion;
    private readonly EventQueue _queue;
    private readonly long _end;
    private readonly EventReader _reader;
    private readonly RecordWriter _writer;
    private readonly BrokenRecords _broken;
    private readonly EventDraft _draft = new();
    private readonly SplitMix _luck;

    /// <summary>A feed.</summary>
    /// <param name="options">How much mess, and how many events in all.</param>
    /// <param name="queue">Where events wait that are to go out later.</param>
    /// <param name="end">When nothing goes out any more.</param>
    /// <param name="writer">What turns events into records.</param>
    public Feed(SimulatorOptions options, EventQueue queue, long end, RecordWriter writer)
    {
        _options = options;
        _table = new MessTable(options.MessWeights);
        _messPerMillion = (int)Math.Round(options.Mess * 1_000_000);
        _queue = queue;
        _end = end;
        _reader = new EventReader(options.Seed);
        _writer = writer;
        _luck = SplitMix.For(options.Seed, 0xFEED);
        _broken = new BrokenRecords(writer, _luck);
    }

    /// <summary>Sends an event, or puts it back for later.</summary>
    public void Send(in SimEvent item)
    {
        if (item.Subject is Repeat repeat)
        {
            SendAgain(item, repeat);
            return;
        }

        _reader.Read(item, _draft.Clean);
        _draft.Begin();
        if (item.Delivery == DeliveryMark.Late)
        {
            _draft.Note(MessKind.Late);
        }
        else if (_luck.PerMillion(_messPerMillion) && Disturb(item))
        {
            return;
        }

        _writer.Write(EventReader.KeyOf(item), _draft);
    }

    /// <summary>Does something to an event.</summary>
    /// <returns>Whether it has been dealt with; otherwise the draft is still to be sent.</returns>
    private bool Disturb(in SimEvent item)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (_table.Draw(item.Type, _luck) is not { } kind)
            {
                return false;
            }

            switch (kind)
            {
                case MessKind.TooLarge or MessKind.NotJson or MessKind.Truncated or MessKind.NotAnEvent:
                    if (_broken.Write(kind, EventReader.KeyOf(item), _draft))
                    {
                        return true;
                    }

                    break;
                case MessKind.Late:
                    if (PutBack(item with { Delivery = DeliveryMark.Late }, _luck.Between(5, _luck.Percent(30) ? 240 : 40)))
                    {
                        return true;
                    }

                    break;
                case MessKind.Duplicate or MessKind.ConflictingDuplicate:
                    if (SendTwice(item, kind == MessKind.ConflictingDuplicate))
                    {
                        return true;
                    }

                    break;
                case MessKind.Unwrapped:
                    if (SendWrapped(item))
                    {
                        return true;
                    }

                    break;
                default:
                    if (!(_writer.IsOpen && kind == MessKind.BadUtf8)
                        && Untidy.Try(kind, _draft, Surroundings.Of(item), keepContent: false, _luck))
                    {
                        AddRepairs(item, kind);
                        return false;
                    }

                    break;
            }
        }

        return false;
    }

    /// <summary>Some untidy events are so in several ways.</summary>
    private void AddRepairs(in SimEvent item, MessKind first)
    {
        if (MessTable.IsRepair(first) && _luck.Percent(SecondRepairPercent))
        {
            TryRepair(item);
            if (_luck.Percent(ThirdRepairPercent))
            {
                TryRepair(item);
            }
        }
    }

    private void TryRepair(in SimEvent item)
    {
        if (_table.Draw(item.Type, _luck) is { } kind && MessTable.IsRepair(kind) && kind is not (MessKind.Unwrapped or MessKind.BadUtf8))
        {
            Untidy.Try(kind, _draft, Surroundings.Of(item), keepContent: false, _luck);
        }
    }

    /// <summary>Sends the event in a string, after a mark, with a comma too many, or together with the ones that follow it.</summary>
    private bool SendWrapped(in SimEvent item)
    {
        if (_writer.IsOpen)
        {
            return false;
        }

        var wrap = _luck.Below(6) switch
        {
            0 => Wrap.Text,
            1 => Wrap.Mark,
            2 => Wrap.Comma,
            3 or 4 => Wrap.Array,
            _ => Wrap.Sequence,
        };
        var members = wrap >= Wrap.Array ? (int)Math.Min(_luck.Between(2, 4), _options.Events - _writer.Events) : 1;
        if (wrap == Wrap.Sequence && members < 2)
        {
            return false;
        }

        _draft.Wrap = wrap;
        _draft.Note(MessKind.Unwrapped);
        AddRepairs(item, MessKind.Unwrapped);
        _writer.Write(EventReader.KeyOf(item), _draft, members);
        return true;
    }

    /// <summary>Sends the event in a way that is accepted, and plans its second coming.</summary>
    private bool SendTwice(in SimEvent item, bool isConflict)
    {
        // One that travels with others goes to their shard, where its second coming would not find it.
        var minutes = _luck.Between(2, _luck.Percent(30) ? 240 : 30);
        if (_writer.IsOpen || item.DueTime + (minutes * SimClock.Minute) >= _end)
        {
            return false;
        }

        var sameBytes = !isConflict && _luck.Percent(50);
        if (sameBytes && _luck.Percent(40))
        {
            TryRepair(item);
        }

        var record = _writer.Write(EventReader.KeyOf(item), _draft);
        var repeat = new Repeat(item, [.. _draft.Row.Text(Field.EventId)], sameBytes ? record.ToArray() : null, isConflict);
        PutBack(item with { Subject = repeat, Delivery = DeliveryMark.Again }, minutes);
        return true;
    }

    private void SendAgain(in SimEvent item, Repeat repeat)
    {
        if (_writer.IsOpen)
        {
            PutBack(item, 2);
            return;
        }

        var key = EventReader.KeyOf(repeat.First);
        if (repeat.Bytes is { } bytes)
        {
            _writer.WriteAgain(key, bytes, 1UL << (int)MessKind.Duplicate, repeat.EventId);
            return;
        }

        _reader.Read(repeat.First, _draft.Clean);
        if (repeat.IsConflict)
        {
            Contradiction.Change(_draft.Clean);
        }

        _draft.Begin();
        _draft.Note(repeat.IsConflict ? MessKind.ConflictingDuplicate : MessKind.Duplicate);
        if (repeat.IsConflict)
        {
            _draft.Refusal = Contradiction.Refusal;
        }
        else
        {
            Respell(repeat.First);
        }

        _writer.Write(key, _draft, isDuplicate: !repeat.IsConflict);
    }

    private void Respell(in SimEvent first)
    {
        for (var (attempt, done) = (0, 0); attempt < Attempts && done < 2; attempt++)
        {
            if (_table.Draw(first.Type, _luck) is { } kind && Untidy.IsHarmless(kind)
                && Untidy.Try(kind, _draft, Surroundings.Of(first), keepContent: true, _luck))
            {
                done++;
            }
        }
    }

    private bool PutBack(in SimEvent item, int minutes)
    {
        var due = item.DueTime + (minutes * SimClock.Minute);
        if (due >= _end)
        {
            return false;
        }

        _queue.Add(item with { DueTime = due });
        return true;
    }
}
