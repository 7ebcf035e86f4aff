using System.Numerics;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Text;
using AirportOps.Cleaning.Values;

namespace AirportOps.Cleaning.Reading;

/// <summary>What the source of an event means, where that is known.</summary>
internal sealed partial class EventReader
{
    private const ulong Happened = (1UL << (int)Field.ActualDeparture) | (1UL << (int)Field.ActualArrival)
        | (1UL << (int)Field.WheelsOff) | (1UL << (int)Field.WheelsOn);

    /// <summary>From the best.</summary>
    private static readonly Field[] Planned = [Field.ScheduledDeparture, Field.EstimatedDeparture, Field.ScheduledArrival, Field.EstimatedArrival];

    /// <summary>What must be known before the other fields are read.</summary>
    private void BeginProfile(ulong given, long arrivedMicros)
    {
        if (Values.Has(Field.DivertedTo) && Values.Has(Field.Destination)
            && workspace[Values.Text(Field.DivertedTo)].SequenceEqual(workspace[Values.Text(Field.Destination)]))
        {
            // Some sources say of every flight where it landed.
            Values.Remove(Field.DivertedTo);
        }

        if (_profile!.DerivesEventTime && !IsGiven(Field.EventTime) && LatestClock(given) is { } latest)
        {
            // A record of now tells what is so now. One that was kept for longer tells of the last thing that had happened in it.
            const long longestLive = InstantText.MicrosPerDay;
            var eventTime = arrivedMicros - latest > longestLive ? latest : arrivedMicros;
            Values.Set(Field.EventTime, eventTime);
            Values.IsEventTimeDerived = true;
            Values.Add(Repair.SourceProfile);
            _hasEventTime = eventTime >= EarliestEventTime && eventTime <= _latestMicros;
        }
    }

    /// <summary>The latest thing that happened; of a flight that has not left, three hours before it is to: what tells of its leaving comes after.</summary>
    private long? LatestClock(ulong given)
    {
        const long beforeDeparture = 3 * 3_600 * InstantText.MicrosPerSecond;
        long? latest = null;
        for (var left = given & Happened; left != 0; left &= left - 1)
        {
            latest = Peek((Field)BitOperations.TrailingZeroCount(left)) is { } time ? Math.Max(latest ?? time, time) : latest;
        }

        for (var i = 0; i < Planned.Length && latest is null; i++)
        {
            latest = (given & FieldTable.Bit(Planned[i])) != 0 && Peek(Planned[i]) is { } time ? time - beforeDeparture : null;
        }

        return latest;
    }

    /// <summary>Reads an instant and books nothing.</summary>
    private long? Peek(Field field)
    {
        var repairs = 0UL;
        if (ReadInstant(field, _document[field], ref repairs) != FieldOutcome.Read)
        {
            return null;
        }

        Values.Remove(field);
        return Values.Number(field);
    }

    /// <summary>Reads a status as its source writes it.</summary>
    /// <param name="text">The text; what is behind the status is cut off.</param>
    /// <param name="repairs">What that took.</param>
    /// <returns>The word it stands for; null where it is left to the rules of all.</returns>
    private int? TryReadOwnStatus(ref Slice text, ref ulong repairs)
    {
        if (_profile!.StatusEnd is { } end && workspace[text].IndexOf(end) is var at and >= 0)
        {
            text = Whitespace.Trim(workspace, text with { Length = at });
            repairs |= RepairTable.Set(Repair.SourceProfile);
        }

        Span<byte> spelling = stackalloc byte[WordTable.LongestSpelling];
        var length = KeyText.Normalise(workspace[text], spelling);
        if (length <= 0 || !_profile.StatusWords.TryGetValue(System.Text.Encoding.ASCII.GetString(spelling[..length]), out var meaning)
            || !TryFindWord(Field.Status, WordTable.Status, System.Text.Encoding.ASCII.GetBytes(meaning), out var word))
        {
            return null;
        }

        repairs |= RepairTable.Set(Repair.StatusAlias) | RepairTable.Set(Repair.SourceProfile);
        return word;
    }

    /// <summary>A source that says no status says it by the times it knows.</summary>
    private void DeriveStatus()
    {
        if (_profile is not { StatusFrom.Count: > 0 } || Values.Entity != Entity.FlightEvent || IsGiven(Field.Status))
        {
            return;
        }

        var hasArrived = false;
        foreach (var field in _profile.StatusFrom)
        {
            hasArrived |= field is Field.WheelsOn or Field.ActualArrival && Values.Has(field);
        }

        var status = Values.Has(Field.DivertedTo) ? "diverted"u8 : hasArrived ? "arrived"u8 : "departed"u8;
        Values.Set(Field.Status, workspace.Append(status));
        Values.Add(Repair.SourceProfile);
    }
}
