using System.Text;

namespace AirportOps.Simulator.Events;

/// <summary>How a field's value is held and written.</summary>
internal enum FieldForm : byte
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A string of ten digits, held as their number.</summary>
    Tag,

    /// <summary>An instant, held as milliseconds since 1970 in UTC.</summary>
    Instant,

    /// <summary>A date, held as days since 1970-01-01.</summary>
    Date,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A decimal number, held as hundredths.</summary>
    Decimal,
}

/// <summary>Names and forms of the fields.</summary>
internal static class FieldTable
{
    public const int Count = (int)Field.Phase + 1;

    private static readonly FieldForm[] Forms = [.. Enum.GetValues<Field>().Select(FormFor)];

    /// <summary><c>event_id</c>, <c>event_type</c>…</summary>
    public static byte[][] Names { get; } = [.. Enum.GetValues<Field>().Select(field => Encoding.ASCII.GetBytes(SnakeCase(field.ToString())))];

    /// <summary>The names as they stand in JSON, with quotes and colon.</summary>
    public static byte[][] Keys { get; } = [.. Names.Select(name => (byte[])[(byte)'"', .. name, (byte)'"', (byte)':'])];

    public static ulong Bit(Field field) => 1UL << (int)field;

    public static FieldForm FormOf(Field field) => Forms[(int)field];

    private static FieldForm FormFor(Field field) => field switch
    {
        Field.EventTime or (>= Field.ScheduledDeparture and <= Field.ActualArrival) => FieldForm.Instant,
        Field.FlightDate => FieldForm.Date,
        Field.BagTag => FieldForm.Tag,
        Field.WeightKg or Field.WaitMinutes => FieldForm.Decimal,
        Field.FlightNumber or Field.DelayMinutes or (>= Field.CarrierMinutes and <= Field.Seats)
            or (>= Field.QueueLength and <= Field.PassengersScreened) => FieldForm.Integer,
        _ => FieldForm.Text,
    };

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((letter, i) => (i > 0 && char.IsAsciiLetterUpper(letter) ? "_" : "") + char.ToLowerInvariant(letter)));
}
