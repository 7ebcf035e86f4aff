using System.Runtime.InteropServices;

namespace AirportOps.Pipeline.Verification;

/// <summary>Adds up, by kind of mess, what was expected and what was found. Lists of names are handed round as numbers, so that an event costs four bytes each.</summary>
internal sealed class ScoreBoard
{
    private const string Clean = "clean";
    private const string Duplicate = "duplicate";
    private const string Extras = "extras";

    private readonly Dictionary<string, Tally> _byKind = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string[]> _lists = [];

    /// <summary>The number of a list of kinds, joined by commas; events without mess are of kind <c>clean</c>.</summary>
    internal int Kinds(string mess) => NumberOf(mess.Length == 0 ? Clean : mess);

    /// <summary>The number of the marks of a row.</summary>
    internal int Marks(string? repairs, bool hasExtras) => NumberOf((repairs, hasExtras) switch
    {
        (null, false) => Clean,
        (null, true) => $"{Clean},{Extras}",
        (_, false) => repairs,
        (_, true) => $"{repairs},{Extras}",
    });

    /// <summary>An event of the ledger, whatever is to become of it.</summary>
    internal void AddEvent(int kinds) => Add(kinds, static (ref Tally tally) => tally.Events++);

    /// <summary>A row that the ledger expects.</summary>
    internal void ExpectRow(int kinds, int marks)
    {
        Add(kinds, static (ref Tally tally) => tally.Rows++);
        Add(marks, static (ref Tally tally) => tally.Expected++);
    }

    /// <summary>A row of Silver that no ledger expects.</summary>
    internal void AddUnexpectedRow(int marks) => Add(marks, static (ref Tally tally) => tally.Given++);

    /// <summary>A row of Silver with an id that the ledger expects.</summary>
    internal void AddRow(int kinds, int expectedMarks, int marks, bool isEqual)
    {
        Add(marks, static (ref Tally tally) => tally.Given++);
        if (marks == expectedMarks)
        {
            Add(marks, static (ref Tally tally) => tally.Right++);
        }
        else
        {
            foreach (var mark in _lists[marks].Intersect(_lists[expectedMarks], StringComparer.Ordinal))
            {
                Of(KindOfRepair(mark)).Right++;
            }
        }

        if (isEqual)
        {
            Add(kinds, static (ref Tally tally) => tally.EqualRows++);
        }
    }

    /// <summary>A refusal that the ledger expects.</summary>
    internal void ExpectRefusal(string reason) => Of(KindOfReason(reason)).Expected++;

    /// <summary>A refusal in the quarantine.</summary>
    internal void AddRefusal(string reason, bool isRight)
    {
        ref var tally = ref Of(KindOfReason(reason));
        tally.Given++;
        tally.Right += isRight ? 1 : 0;
    }

    /// <summary>Duplicates, of which only the numbers are known.</summary>
    internal void AddDuplicates(long expected, long given)
    {
        if (expected > 0 || given > 0)
        {
            ref var tally = ref Of(Duplicate);
            (tally.Expected, tally.Given, tally.Right) = (expected, given, Math.Min(expected, given));
        }
    }

    /// <summary>The score by kind, by name.</summary>
    internal IReadOnlyList<MessScore> ToScores() =>
    [
        .. _byKind.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new MessScore
        {
            Kind = entry.Key,
            Events = entry.Value.Events,
            Expected = entry.Value.Expected,
            Given = entry.Value.Given,
            Right = entry.Value.Right,
            Rows = entry.Value.Rows,
            EqualRows = entry.Value.EqualRows,
        }),
    ];

    private static string KindOfRepair(string repair) =>
        repair.StartsWith("dropped_", StringComparison.Ordinal) && repair is not ("dropped_designator" or "dropped_extras") ? "dropped_field" : repair;

    private static string KindOfReason(string reason) => reason switch
    {
        _ when reason.StartsWith("missing_", StringComparison.Ordinal) => "missing_field",
        _ when reason.StartsWith("bad_", StringComparison.Ordinal) => "bad_field",
        _ => reason,
    };

    private int NumberOf(string list)
    {
        if (!_numbers.TryGetValue(list, out var number))
        {
            _numbers.Add(list, number = _lists.Count);
            _lists.Add(list.Split(','));
        }

        return number;
    }

    private void Add(int list, Change change)
    {
        foreach (var name in _lists[list])
        {
            change(ref Of(KindOfRepair(name)));
        }
    }

    private ref Tally Of(string kind) => ref CollectionsMarshal.GetValueRefOrAddDefault(_byKind, kind, out _);

    private delegate void Change(ref Tally tally);

    private struct Tally
    {
        internal long Events;
        internal long Expected;
        internal long Given;
        internal long Right;
        internal long Rows;
        internal long EqualRows;
    }
}
