using System.Numerics;
using AirportOps.Simulator.Day;

namespace AirportOps.Simulator.Events;

/// <summary>The fields of one event, in their clean form. One instance serves event after event.</summary>
internal sealed class EventFields
{
    private readonly long[] _numbers = new long[FieldTable.Count];
    private readonly byte[][] _texts = new byte[FieldTable.Count][];

    public EventType Type { get; set; }

    /// <summary>A bit for every field that has a value, by <see cref="FieldTable.Bit"/>.</summary>
    public ulong Present { get; private set; }

    public void Clear() => Present = 0;

    public bool Has(Field field) => (Present & FieldTable.Bit(field)) != 0;

    public long Number(Field field) => _numbers[(int)field];

    public byte[] Text(Field field) => _texts[(int)field];

    public void Set(Field field, long value)
    {
        _numbers[(int)field] = value;
        Present |= FieldTable.Bit(field);
    }

    public void Set(Field field, byte[] value)
    {
        _texts[(int)field] = value;
        Present |= FieldTable.Bit(field);
    }

    public void Remove(Field field) => Present &= ~FieldTable.Bit(field);

    public void CopyFrom(EventFields other)
    {
        Type = other.Type;
        Present = other.Present;
        for (var rest = Present; rest != 0; rest &= rest - 1)
        {
            var i = BitOperations.TrailingZeroCount(rest);
            _numbers[i] = other._numbers[i];
            _texts[i] = other._texts[i];
        }
    }
}
