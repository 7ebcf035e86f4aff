using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Json;
using AirportOps.Cleaning.Values;

namespace AirportOps.Cleaning.Reading;

internal sealed partial class EventReader
{
    /// <summary>
    /// Reads airline, flight_number and flight_suffix. A designator, under its own key or as flight_number, supplies those of them that are
    /// absent; where neither airline nor number is, its key stays among the extras.
    /// </summary>
    private void ReadDesignated(ulong given)
    {
        ReadEach(given & (FieldTable.Bit(Field.Airline) | FieldTable.Bit(Field.FlightSuffix)));
        if ((given & FieldTable.Bit(Field.FlightNumber)) != 0)
        {
            ReadFlightNumber();
        }

        if ((given & FieldTable.Bit(Field.Designator)) == 0)
        {
            return;
        }

        if (IsSettled(Field.Airline) && IsSettled(Field.FlightNumber))
        {
            _used &= ~FieldTable.Bit(Field.Designator);
        }
        else
        {
            ReadDesignator(_document[Field.Designator]);
        }
    }

    private void ReadFlightNumber()
    {
        ref readonly var member = ref _document[Field.FlightNumber];
        var repairs = AliasRepair(member);
        var outcome = ReadNumber(Field.FlightNumber, member, ref repairs);
        if (outcome == FieldOutcome.Bad && IsString(member))
        {
            repairs = 0;
            if (DesignatorText.TryParse(workspace[Text(member, ref repairs)], codes.Airlines, out var designator)
                && TryTake(designator, repairs, member))
            {
                return;
            }
        }

        Settle(Field.FlightNumber, outcome, repairs, member);
    }

    private void ReadDesignator(in Member member)
    {
        var repairs = 0UL;
        if (!IsString(member))
        {
            Values.Repairs |= RepairTable.Dropped(Field.Designator);
            return;
        }

        var text = workspace[Text(member, ref repairs)];
        if (NullTokens.IsNull(text))
        {
            Values.Add(Repair.NullToken);
        }
        else if (!DesignatorText.TryParse(text, codes.Airlines, out var designator) || !TryTake(designator, repairs, member))
        {
            Values.Repairs |= RepairTable.Dropped(Field.Designator);
        }
    }

    /// <summary>Takes from a designator what separate fields did not supply; false when its airline is not known.</summary>
    private bool TryTake(in DesignatorText designator, ulong repairs, in Member member)
    {
        if (designator.Airline < 0)
        {
            if ((_required & FieldTable.Bit(Field.Airline)) != 0 && !IsSettled(Field.Airline))
            {
                Refuse(Field.Airline, ReasonTable.UnknownAirline, ValueOf(member));
            }

            return false;
        }

        if (!IsSettled(Field.Airline))
        {
            Values.Set(Field.Airline, workspace.Append(codes.Airlines[designator.Airline]));
        }

        if (!IsSettled(Field.FlightNumber))
        {
            Values.Set(Field.FlightNumber, designator.Number);
        }

        if (designator.Suffix != 0 && !IsSettled(Field.FlightSuffix))
        {
            Values.Set(Field.FlightSuffix, workspace.Append([designator.Suffix]));
        }

        Values.Repairs |= repairs | RepairTable.Set(Repair.Designator);
        return true;
    }

    /// <summary>Whether a separate field decides: it has a value, or one that can't be read.</summary>
    private bool IsSettled(Field field) =>
        Values.Has(field) || Fault?.Field == field || (Values.Repairs & RepairTable.Dropped(field)) != 0;
}
