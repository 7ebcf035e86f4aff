using System.Text.Json;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Json;
using AirportOps.Cleaning.Values;

namespace AirportOps.Cleaning.Reading;

internal sealed partial class EventReader
{
    /// <summary>What stands in a field of its own, read and not yet booked.</summary>
    /// <param name="IsGiven">Whether a member supplies the field.</param>
    /// <param name="Outcome">What came of it.</param>
    /// <param name="Repairs">What that took.</param>
    private readonly record struct Separate(bool IsGiven, FieldOutcome Outcome, ulong Repairs)
    {
        /// <summary>Whether it decides: it has a value, or one that can't be read.</summary>
        internal bool IsThere => IsGiven && Outcome != FieldOutcome.Null;
    }

    /// <summary>What stands under a key of designators, or in their form as flight_number.</summary>
    private enum DesignatorForm
    {
        Unreadable,
        Null,

        /// <summary>A flight number without an airline.</summary>
        Number,

        /// <summary>In the form of a designator, with a code that no airline has.</summary>
        UnknownAirline,
        Complete,
    }

    /// <summary>
    /// Reads airline, flight_number and flight_suffix. Airline and number come from one place: from their own fields where both are there, else from
    /// the designator. What loses stays among the extras, unless it says the same.
    /// </summary>
    private void ReadDesignated(ulong given)
    {
        ReadEach(given & FieldTable.Bit(Field.FlightSuffix));
        var airline = ReadSeparate(Field.Airline);
        var number = ReadSeparate(Field.FlightNumber);
        var separateNumber = Values.Number(Field.FlightNumber);
        ulong repairs = 0;
        var isUnknown = false;
        if (number is { IsGiven: true, Outcome: FieldOutcome.Bad }
            && FormOf(_document[Field.FlightNumber], ref repairs, out var inNumber) is DesignatorForm.Complete or DesignatorForm.UnknownAirline)
        {
            if (inNumber.Airline >= 0)
            {
                Take(inNumber, repairs, airline);
                LeaveDesignator();
                return;
            }

            isUnknown = true;
        }

        if ((given & FieldTable.Bit(Field.Designator)) == 0 || (airline.IsThere && number.IsThere))
        {
            SettleSeparate(airline, number, isUnknown);
            LeaveDesignator();
            return;
        }

        ref readonly var member = ref _document[Field.Designator];
        repairs = 0;
        var form = FormOf(member, ref repairs, out var designator);
        if (form == DesignatorForm.Complete)
        {
            if (number is { IsGiven: true, Outcome: FieldOutcome.Read } && separateNumber == designator.Number)
            {
                Values.Repairs |= number.Repairs;
            }
            else if (number.IsThere)
            {
                _used &= ~FieldTable.Bit(Field.FlightNumber);
            }
            else if (number.IsGiven)
            {
                Values.Add(Repair.NullToken);
            }

            Take(designator, repairs, airline);
            return;
        }

        SettleSeparate(airline, number, isUnknown);
        if (form == DesignatorForm.Number && airline.IsThere)
        {
            Values.Set(Field.FlightNumber, designator.Number);
            Values.Repairs |= repairs | RepairTable.Set(Repair.Designator);
            return;
        }

        NoteUnusable(form, airline, member);
    }

    /// <summary>Books a designator that supplies nothing.</summary>
    private void NoteUnusable(DesignatorForm form, in Separate airline, in Member member)
    {
        if (form == DesignatorForm.Null)
        {
            Values.Add(Repair.NullToken);
            return;
        }

        if (_profile is { LeavesDesignator: true })
        {
            LeaveDesignator();
            return;
        }

        if (form == DesignatorForm.UnknownAirline)
        {
            RefuseUnknownAirline(airline, member);
        }

        Values.Repairs |= RepairTable.Dropped(Field.Designator);
    }

    private void RefuseUnknownAirline(in Separate airline, in Member member)
    {
        if ((_required & FieldTable.Bit(Field.Airline)) != 0 && !airline.IsThere)
        {
            Refuse(Field.Airline, ReasonTable.UnknownAirline, ValueOf(member));
        }
    }

    /// <summary>Takes airline and number from a designator, and its suffix where no field of its own decides that.</summary>
    private void Take(in DesignatorText designator, ulong repairs, in Separate airline)
    {
        var code = codes.Airlines[designator.Airline];
        if (airline is { IsGiven: true, Outcome: FieldOutcome.Read } && workspace[Values.Text(Field.Airline)].SequenceEqual(code))
        {
            Values.Repairs |= airline.Repairs;
        }
        else
        {
            if (airline.IsThere)
            {
                _used &= ~FieldTable.Bit(Field.Airline);
            }
            else if (airline.IsGiven)
            {
                Values.Add(Repair.NullToken);
            }

            Values.Set(Field.Airline, workspace.Append(code));
        }

        Values.Set(Field.FlightNumber, designator.Number);
        if (designator.Suffix != 0 && !IsSettled(Field.FlightSuffix))
        {
            Values.Set(Field.FlightSuffix, workspace.Append([designator.Suffix]));
        }

        Values.Repairs |= repairs | RepairTable.Set(Repair.Designator);
    }

    private Separate ReadSeparate(Field field)
    {
        if (!IsGiven(field))
        {
            return default;
        }

        ref readonly var member = ref _document[field];
        var repairs = AliasRepair(member);
        var outcome = field == Field.Airline ? ReadCode(field, codes.Airlines, member, ref repairs) : ReadNumber(field, member, ref repairs);
        return new Separate(true, outcome, repairs);
    }

    /// <summary>Books what stands in fields of their own.</summary>
    /// <param name="airline">The airline.</param>
    /// <param name="number">The number.</param>
    /// <param name="isUnknown">Whether the number is a designator of an airline that no row has.</param>
    private void SettleSeparate(in Separate airline, in Separate number, bool isUnknown)
    {
        if (isUnknown)
        {
            RefuseUnknownAirline(airline, _document[Field.FlightNumber]);
        }

        if (airline.IsGiven)
        {
            Settle(Field.Airline, airline.Outcome, airline.Repairs, _document[Field.Airline]);
        }

        if (number.IsGiven)
        {
            Settle(Field.FlightNumber, number.Outcome, number.Repairs, _document[Field.FlightNumber]);
        }
    }

    /// <summary>Leaves a designator that nothing was taken from among the extras.</summary>
    private void LeaveDesignator() => _used &= ~FieldTable.Bit(Field.Designator);

    private DesignatorForm FormOf(in Member member, ref ulong repairs, out DesignatorText designator)
    {
        designator = default;
        if (member.Token == JsonTokenType.Number)
        {
            return NumberText.TryParse(workspace[ValueOf(member)], out var number) && number.TryToInteger(out var whole) && whole is >= 1 and <= 9999
                ? NumberForm((int)whole, out designator)
                : DesignatorForm.Unreadable;
        }

        if (!IsString(member))
        {
            return DesignatorForm.Unreadable;
        }

        var text = workspace[Text(member, ref repairs)];
        if (DesignatorText.TryParse(text, codes.Airlines, out designator))
        {
            return designator.Airline >= 0 ? DesignatorForm.Complete : DesignatorForm.UnknownAirline;
        }

        return NullTokens.IsNull(text) ? DesignatorForm.Null
            : DesignatorText.TryParseNumber(text, out var bare) ? NumberForm(bare, out designator)
            : DesignatorForm.Unreadable;
    }

    private static DesignatorForm NumberForm(int number, out DesignatorText designator)
    {
        designator = new DesignatorText(NoCode, number, 0);
        return DesignatorForm.Number;
    }

    /// <summary>Reads a designator that is kept as one text, <c>AA100</c> or <c>AA100A</c>.</summary>
    private FieldOutcome ReadWholeDesignator(Field field, in Member member, ref ulong repairs)
    {
        if (!IsString(member))
        {
            return FieldOutcome.Bad;
        }

        var text = Text(member, ref repairs);
        if (!DesignatorText.TryParse(workspace[text], codes.Airlines, out var designator))
        {
            return NullTokens.IsNull(workspace[text]) ? FieldOutcome.Null : FieldOutcome.Bad;
        }

        if (designator.Airline < 0)
        {
            return FieldOutcome.Unknown;
        }

        Span<byte> clean = stackalloc byte[DesignatorText.LongestClean];
        var length = designator.Format(codes.Airlines[designator.Airline], clean);
        if (!workspace[text].SequenceEqual(clean[..length]))
        {
            repairs |= RepairTable.Set(Repair.Designator);
            text = workspace.Append(clean[..length]);
        }

        Values.Set(field, text);
        return FieldOutcome.Read;
    }

    /// <summary>Reads the fields of a designator again, one at a time, for telling what came of each.</summary>
    private void ReadDesignatedAgain(Field field)
    {
        var separate = ReadSeparate(field);
        ulong repairs = 0;
        if (field == Field.FlightNumber && separate.Outcome == FieldOutcome.Bad
            && FormOf(_document[field], ref repairs, out _) is DesignatorForm.Complete)
        {
            Values.Repairs |= repairs | RepairTable.Set(Repair.Designator);
            return;
        }

        Settle(field, separate.Outcome, separate.Repairs, _document[field]);
    }

    /// <summary>Reads the key of designators again, with what the event came to at hand.</summary>
    private void ReadDesignatorAgain(bool hasAirline)
    {
        ulong repairs = 0;
        ref readonly var member = ref _document[Field.Designator];
        var form = FormOf(member, ref repairs, out _);
        if (form == DesignatorForm.Complete || (form == DesignatorForm.Number && hasAirline))
        {
            Values.Repairs |= repairs | RepairTable.Set(Repair.Designator);
            return;
        }

        NoteUnusable(form, new Separate(hasAirline, FieldOutcome.Read, 0), member);
    }

    /// <summary>Whether a field of its own decides: it has a value, or one that can't be read.</summary>
    private bool IsSettled(Field field) =>
        Values.Has(field) || Fault?.Field == field || (Values.Repairs & RepairTable.Dropped(field)) != 0;
}
