using System.Numerics;
using AirportOps.Simulator.Events;

namespace AirportOps.Simulator.Mess;

/// <summary>How the bytes of an event are packed.</summary>
internal enum Wrap : byte
{
    None,

    /// <summary>A JSON string that holds the object, by itself or in an envelope.</summary>
    Text,

    /// <summary>A byte order mark before the object.</summary>
    Mark,

    /// <summary>A comma after the last member.</summary>
    Comma,

    /// <summary>The first event of an array.</summary>
    Array,

    /// <summary>The first of several objects one after another.</summary>
    Sequence,
}

/// <summary>
/// An event on its way to being messed up: what it says, what was done to it, and what must become of it. Whoever changes a key or a value
/// takes it first, so no two changes meet on one field and their repairs simply add up. One instance serves event after event.
/// </summary>
internal sealed class EventDraft
{
    private readonly byte[]?[] _keys = new byte[FieldTable.Count][];
    private readonly byte[]?[] _parents = new byte[FieldTable.Count][];
    private readonly (int Start, int Length)[] _values = new (int, int)[FieldTable.Count];
    private readonly Utf8Output _scratch = new();
    private ulong _keysTaken;
    private ulong _valuesTaken;
    private ulong _rewritten;
    private ulong _omitted;
    private ulong _renamed;
    private ulong _nested;

    /// <summary>What the event says.</summary>
    public EventFields Clean { get; } = new();

    /// <summary>What a cleaner must make of it.</summary>
    public EventFields Row { get; } = new();

    /// <summary>Members that are no fields, <c>"key":value</c> with commas between.</summary>
    public Utf8Output Extras { get; } = new();

    /// <summary>Whether the extras are too long to be kept.</summary>
    public bool ExtrasAreDropped { get; set; }

    public ulong Repairs { get; set; }

    /// <summary>A bit for every <see cref="MessKind"/> done.</summary>
    public ulong Mess { get; private set; }

    public Wrap Wrap { get; set; }

    /// <summary>Why it must be refused; null when it must not.</summary>
    public Refusal? Refusal { get; set; }

    /// <summary>Whether the id is the hash of the bytes.</summary>
    public bool IdIsDerived { get; set; }

    /// <summary>Whether the bytes hold what is not UTF-8.</summary>
    public bool HasBadBytes { get; set; }

    /// <summary>Forgets the event before; <see cref="Clean"/> has been filled in.</summary>
    public void Begin()
    {
        Row.CopyFrom(Clean);
        Extras.Truncate(0);
        _scratch.Truncate(0);
        (_keysTaken, _valuesTaken, _rewritten, _omitted, _renamed, _nested, Repairs, Mess) = (0, 0, 0, 0, 0, 0, 0, 0);
        (ExtrasAreDropped, IdIsDerived, HasBadBytes, Refusal, Wrap) = (false, false, false, null, Wrap.None);
    }

    public void Note(MessKind kind) => Mess |= 1UL << (int)kind;

    /// <summary>Whether the bytes are those of the clean event.</summary>
    public bool IsUntouched => (_keysTaken | _rewritten | _omitted) == 0 && Extras.Length == 0 && Wrap != Wrap.Comma;

    /// <summary>The fields that have a value nobody has changed.</summary>
    public ulong FreeValues => Clean.Present & ~_valuesTaken & ~_omitted;

    /// <summary>The fields whose key nobody has changed.</summary>
    public ulong FreeKeys => Clean.Present & ~_keysTaken & ~_omitted;

    public bool IsFree(Field field) => (FreeValues & FieldTable.Bit(field)) != 0;

    /// <summary>Whether neither key nor value of any of these fields was changed; fields without a value are free.</summary>
    public bool AreUntouched(ulong fields) => ((_keysTaken | _valuesTaken | _omitted) & fields) == 0;

    public void TakeValues(ulong fields) => _valuesTaken |= fields;

    public void TakeKeys(ulong fields) => _keysTaken |= fields;

    public void Take(ulong fields)
    {
        TakeValues(fields);
        TakeKeys(fields);
    }

    /// <summary>Leaves a field out of the bytes.</summary>
    public void Omit(Field field)
    {
        _omitted |= FieldTable.Bit(field);
        Take(FieldTable.Bit(field));
    }

    public void Rename(Field field, byte[] key)
    {
        _keys[(int)field] = key;
        _keysTaken |= FieldTable.Bit(field);
        _renamed |= FieldTable.Bit(field);
    }

    /// <summary>Puts a field into an object of that name.</summary>
    public void Nest(Field field, byte[] parent, byte[] key)
    {
        Rename(field, key);
        _parents[(int)field] = parent;
        _nested |= FieldTable.Bit(field);
    }

    /// <summary>Takes a field's value; what is written until <see cref="EndValue"/> stands in its place, quotes included.</summary>
    public Utf8Output BeginValue(Field field)
    {
        _valuesTaken |= FieldTable.Bit(field);
        _rewritten |= FieldTable.Bit(field);
        _omitted &= ~FieldTable.Bit(field);
        _values[(int)field] = (_scratch.Length, 0);
        return _scratch;
    }

    public void EndValue(Field field)
    {
        var start = _values[(int)field].Start;
        _values[(int)field] = (start, _scratch.Length - start);
    }

    /// <summary>Replaces a field's value.</summary>
    public void Rewrite(Field field, ReadOnlySpan<byte> json)
    {
        BeginValue(field).Write(json);
        EndValue(field);
    }

    /// <summary>Begins a member that is no field.</summary>
    public Utf8Output BeginExtra()
    {
        if (Extras.Length > 0)
        {
            Extras.Write((byte)',');
        }

        return Extras;
    }

    /// <summary>Writes the object.</summary>
    public void Write(Utf8Output output)
    {
        output.Write((byte)'{');
        var fields = (Clean.Present | _rewritten) & ~_omitted;
        var isFirst = true;
        for (var rest = fields; rest != 0; rest &= rest - 1)
        {
            var bit = rest & (~rest + 1);
            if (!isFirst)
            {
                output.Write((byte)',');
            }

            isFirst = false;
            if ((bit & _nested) == 0)
            {
                WriteMember(output, (Field)BitOperations.TrailingZeroCount(rest), bit);
                continue;
            }

            rest &= ~WriteNested(output, rest & _nested) | bit;
        }

        if (Extras.Length > 0)
        {
            output.Write((byte)',');
            output.Write(Extras.Written);
        }

        if (Wrap == Wrap.Comma)
        {
            output.Write((byte)',');
        }

        output.Write((byte)'}');
    }

    /// <summary>Writes the object that the lowest of these fields is nested in, with all of them that are.</summary>
    private ulong WriteNested(Utf8Output output, ulong fields)
    {
        var parent = _parents[BitOperations.TrailingZeroCount(fields)];
        output.Write((byte)'"');
        output.Write(parent);
        output.Write("\":{"u8);
        var written = 0UL;
        for (var rest = fields; rest != 0; rest &= rest - 1)
        {
            var field = BitOperations.TrailingZeroCount(rest);
            if (_parents[field] == parent)
            {
                if (written != 0)
                {
                    output.Write((byte)',');
                }

                written |= 1UL << field;
                WriteMember(output, (Field)field, 1UL << field);
            }
        }

        output.Write((byte)'}');
        return written;
    }

    private void WriteMember(Utf8Output output, Field field, ulong bit)
    {
        if ((bit & _renamed) != 0)
        {
            output.Write((byte)'"');
            output.Write(_keys[(int)field]);
            output.Write("\":"u8);
        }
        else
        {
            output.Write(FieldTable.Keys[(int)field]);
        }

        if ((bit & _rewritten) != 0)
        {
            var (start, length) = _values[(int)field];
            output.Write(_scratch.Slice(start, length).Span);
        }
        else
        {
            CleanJson.WriteValue(output, Clean, field, CleanJson.EventFraction);
        }
    }
}
