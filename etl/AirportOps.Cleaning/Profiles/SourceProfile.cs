using AirportOps.Cleaning.Fields;

namespace AirportOps.Cleaning.Profiles;

/// <summary>What a source means by its keys and values, where that differs from the rules of all: an entry of <c>profiles.json</c>.</summary>
internal sealed class SourceProfile
{
    /// <summary>What it is called in messages.</summary>
    internal required string Name { get; init; }

    /// <summary>All keys, those of this source before the aliases of all.</summary>
    internal required KeyMap Keys { get; init; }

    /// <summary>A bit for each field that has keys of this source.</summary>
    internal required ulong OwnKeys { get; init; }

    /// <summary>Sets of marks, one of which an event of this source has whole, whatever its source is called.</summary>
    internal required IReadOnlyList<ulong> Fingerprints { get; init; }

    /// <summary>The type of its events where they don't say; null for none.</summary>
    internal required Entity? Entity { get; init; }

    /// <summary>A bit for each field whose times are those of the wall, whatever offset they carry.</summary>
    internal required ulong LocalTimes { get; init; }

    /// <summary>A bit for each field in minutes whose plain numbers are seconds.</summary>
    internal required ulong Seconds { get; init; }

    /// <summary>The byte at which a status ends; null where it does not.</summary>
    internal required byte? StatusEnd { get; init; }

    /// <summary>What its words for statuses mean, besides those of all; the keys as they are compared.</summary>
    internal required IReadOnlyDictionary<string, string> StatusWords { get; init; }

    /// <summary>Fields whose presence tells the status of an event without one, the later in a flight first; empty for none.</summary>
    internal required IReadOnlyList<Field> StatusFrom { get; init; }

    /// <summary>Whether a designator that can't be read is an extra, as a callsign of letters is.</summary>
    internal required bool LeavesDesignator { get; init; }

    /// <summary>Whether an event without event_time has one from its clocks or its arrival.</summary>
    internal required bool DerivesEventTime { get; init; }
}
