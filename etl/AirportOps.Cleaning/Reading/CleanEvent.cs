using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Reading;

/// <summary>The clean values of one event. Reused from event to event.</summary>
internal sealed class CleanEvent
{
    /// <summary>Numbers in the hash, which windows keep: they stay what they were when later fields came, so that what is repeated after an upgrade is a duplicate still.</summary>
    private const int EntityNumber = 43;
    private const int ExtrasNumber = 44;
    private const int LaterNumbers = 64;

    private readonly long[] _numbers = new long[FieldTable.Count];
    private readonly Slice[] _texts = new Slice[FieldTable.Count];

    internal Entity Entity { get; set; }

    /// <summary>A bit for each field that is not null.</summary>
    internal ulong Present { get; private set; }

    /// <summary>The repairs taken, as <see cref="RepairTable"/> numbers them.</summary>
    internal ulong Repairs { get; set; }

    /// <summary>What no field took; null when nothing is left.</summary>
    internal Slice? Extras { get; set; }

    /// <summary>Whether event_time follows from the other fields and the arrival: then it is no content of its own.</summary>
    internal bool IsEventTimeDerived { get; set; }

    internal void Clear(ulong repairs)
    {
        IsEventTimeDerived = false;
        Present = 0;
        Repairs = repairs;
        Extras = null;
    }

    internal bool Has(Field field) => (Present & FieldTable.Bit(field)) != 0;

    /// <summary>An integer, a date in days or an instant in microseconds; of a decimal, its bits.</summary>
    internal long Number(Field field) => _numbers[(int)field];

    internal Slice Text(Field field) => _texts[(int)field];

    internal void Remove(Field field) => Present &= ~FieldTable.Bit(field);

    internal void Set(Field field, long number)
    {
        _numbers[(int)field] = number;
        Present |= FieldTable.Bit(field);
    }

    internal void Set(Field field, Slice text)
    {
        _texts[(int)field] = text;
        Present |= FieldTable.Bit(field);
    }

    internal void Add(Repair repair) => Repairs |= RepairTable.Set(repair);

    /// <summary>64 bits over entity, every field and extras: equal content, equal hash. Extras count as the bytes kept.</summary>
    internal ulong ContentHash(Workspace workspace)
    {
        var hash = StableHash.Add(0, EntityNumber, (ulong)Entity);
        foreach (var field in FieldTable.ColumnFields(Entity))
        {
            if (!Has(field) || (field == Field.EventTime && IsEventTimeDerived))
            {
                continue;
            }

            var number = field < Field.WheelsOff ? (int)field : (int)field + LaterNumbers;
            hash = FieldTable.IsText(field)
                ? StableHash.Add(hash, number, workspace[Text(field)])
                : StableHash.Add(hash, number, (ulong)Number(field));
        }

        return Extras is { } extras ? StableHash.Add(hash, ExtrasNumber, workspace[extras]) : hash;
    }
}
