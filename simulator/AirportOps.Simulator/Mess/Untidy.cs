namespace AirportOps.Simulator.Mess;

/// <summary>Does one kind of mess to an event.</summary>
internal static class Untidy
{
    /// <summary>The kinds that leave what an event says as it is.</summary>
    private const ulong Harmless =
        1UL << (int)MessKind.KeyAlias | 1UL << (int)MessKind.Trimmed | 1UL << (int)MessKind.NumberText | 1UL << (int)MessKind.NullToken
        | 1UL << (int)MessKind.StatusAlias | 1UL << (int)MessKind.CauseAlias | 1UL << (int)MessKind.PhaseAlias | 1UL << (int)MessKind.CodeAlias
        | 1UL << (int)MessKind.Designator | 1UL << (int)MessKind.TimeFormat | 1UL << (int)MessKind.LocalTime | 1UL << (int)MessKind.DateFormat
        | 1UL << (int)MessKind.DerivedDate | 1UL << (int)MessKind.DerivedType;

    public static bool IsHarmless(MessKind kind) => (Harmless >> (int)kind & 1) != 0;

    /// <summary>Does it, if there is something to do it to.</summary>
    /// <param name="kind">A kind that concerns the event alone, not its record or its delivery.</param>
    /// <param name="draft">The event.</param>
    /// <param name="around">What stands behind its codes.</param>
    /// <param name="keepContent">Whether the row must stay as it is; then the kind is harmless.</param>
    /// <param name="luck">Where it falls.</param>
    /// <returns>Whether it was done.</returns>
    public static bool Try(MessKind kind, EventDraft draft, Surroundings around, bool keepContent, SplitMix luck)
    {
        var done = kind switch
        {
            MessKind.KeyAlias => KeyMess.Apply(draft, luck),
            MessKind.Trimmed => TextMess.Trim(draft, luck),
            MessKind.NumberText => NumberMess.AsText(draft, luck),
            MessKind.NullToken => TextMess.Empty(draft, keepContent, luck),
            MessKind.StatusAlias => WordMess.Status(draft, luck),
            MessKind.CauseAlias => WordMess.Cause(draft, luck),
            MessKind.PhaseAlias => WordMess.Phase(draft, luck),
            MessKind.CodeAlias => CodeMess.Alias(draft, around, luck),
            MessKind.Designator => CodeMess.Designator(draft, around, luck),
            MessKind.TimeFormat => TimeMess.Format(draft, luck),
            MessKind.LocalTime => TimeMess.Local(draft, around, luck),
            MessKind.DateFormat => TimeMess.Date(draft, luck),
            MessKind.Unit => NumberMess.WithUnit(draft, luck),
            MessKind.BadUtf8 => AbsenceMess.BadBytes(draft, luck),
            MessKind.DerivedEventId => AbsenceMess.Id(draft),
            MessKind.DerivedDate => AbsenceMess.Date(draft),
            MessKind.DerivedType => AbsenceMess.Type(draft),
            MessKind.DroppedField => LossMess.Drop(draft, luck),
            MessKind.DroppedDesignator => LossMess.DropDesignator(draft),
            MessKind.DroppedExtras => LossMess.DropExtras(draft),
            MessKind.Extras => LossMess.AddExtras(draft, luck),
            MessKind.UnknownType => RefusalMess.UnknownType(draft, luck),
            MessKind.MissingField => RefusalMess.MissingField(draft, luck),
            MessKind.BadField => RefusalMess.BadField(draft, luck),
            MessKind.UnknownAirline => RefusalMess.UnknownAirline(draft),
            MessKind.UnknownAirport => RefusalMess.UnknownAirport(draft, luck),
            MessKind.TimeOutOfRange => RefusalMess.TimeOutOfRange(draft, luck),
            MessKind.ArrivalBeforeDeparture => RefusalMess.ArrivalBeforeDeparture(draft, luck),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Concerns the record or its delivery."),
        };
        if (done)
        {
            draft.Note(kind);
        }

        return done;
    }
}
