using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Text;
using AirportOps.Cleaning.Values;

namespace AirportOps.Cleaning.Reading;

internal sealed partial class EventReader
{
    private bool TryReadType()
    {
        if (IsGiven(Field.EventType))
        {
            ref readonly var member = ref _document[Field.EventType];
            var repairs = AliasRepair(member);
            switch (IsString(member) ? ReadTypeWord(Text(member, ref repairs), ref repairs) : FieldOutcome.Bad)
            {
                case FieldOutcome.Read:
                    Values.Repairs |= repairs;
                    return true;
                case FieldOutcome.Null:
                    Values.Add(Repair.NullToken);
                    break;
                default:
                    Fault = new EventFault(ReasonTable.UnknownType, null, ValueOf(member));
                    return false;
            }
        }

        return TryDeriveType();
    }

    private FieldOutcome ReadTypeWord(Slice text, ref ulong repairs)
    {
        if (NullTokens.IsNull(workspace[text]))
        {
            return FieldOutcome.Null;
        }

        if (!WordTable.EventType.TryFind(workspace[Lower(text, ref repairs)], out var word))
        {
            return FieldOutcome.Bad;
        }

        Values.Entity = (Entity)word;
        return FieldOutcome.Read;
    }

    /// <summary>Tells the type from fields that only one type has.</summary>
    private bool TryDeriveType()
    {
        Entity? entity =
            HasValue(Field.BagTag) ? Entity.BaggageEvent
            : HasValue(Field.Checkpoint) ? Entity.SecurityEvent
            : HasValue(Field.Service) ? Entity.GroundEvent
            : HasValue(Field.Status) && HasValue(Field.Origin) && HasValue(Field.Destination) ? Entity.FlightEvent
            : null;
        if (entity is not { } derived)
        {
            Fault = new EventFault(ReasonTable.UnknownType, null, null);
            return false;
        }

        Values.Entity = derived;
        Values.Add(Repair.DerivedType);
        return true;
    }

    /// <summary>Whether a field is given and does not stand for null.</summary>
    private bool HasValue(Field field)
    {
        if (!IsGiven(field))
        {
            return false;
        }

        ref readonly var member = ref _document[field];
        if (!IsString(member))
        {
            return true;
        }

        var unused = 0UL;
        var text = Text(member, ref unused);
        return !NullTokens.IsNull(workspace[text])
            || (field is Field.Origin or Field.Destination && TryFindCode(codes.Airports, text, out _, ref unused));
    }
}
