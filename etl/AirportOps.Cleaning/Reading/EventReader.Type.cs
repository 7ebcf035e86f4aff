using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Json;
using AirportOps.Cleaning.Profiles;
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
            switch (ReadType(member, ref repairs))
            {
                case FieldOutcome.Read:
                    Values.Repairs |= repairs;
                    return true;
                case FieldOutcome.Null:
                    Values.Add(Repair.NullToken);
                    return TryDeriveType();
                case var _ when member.Rank >= KeyMeaning.FirstAlias:
                    return TryReadTypeElsewhere() || TryDeriveTypeBeside(ValueOf(member));
                default:
                    Fault = new EventFault(ReasonTable.UnknownType, null, ValueOf(member));
                    return false;
            }
        }

        return TryDeriveType();
    }

    private FieldOutcome ReadType(in Member member, ref ulong repairs) =>
        IsString(member) ? ReadTypeWord(Text(member, ref repairs), ref repairs) : FieldOutcome.Bad;

    /// <summary>Looks for the best alias that names a type, where the preferred one means something else.</summary>
    private bool TryReadTypeElsewhere()
    {
        var best = -1;
        var bestRepairs = 0UL;
        var entity = default(Entity);
        for (var i = 0; i < _document.Members.Length; i++)
        {
            ref readonly var member = ref _document.Members[i];
            var repairs = AliasRepair(member);
            if (member.Field == Field.EventType && !member.IsContainer && (best < 0 || member.Rank <= _document.Members[best].Rank)
                && ReadType(member, ref repairs) == FieldOutcome.Read)
            {
                (best, bestRepairs, entity) = (i, repairs, Values.Entity);
            }
        }

        if (best < 0)
        {
            return false;
        }

        _document.Prefer(Field.EventType, best);
        Values.Repairs |= bestRepairs;
        Values.Entity = entity;
        return true;
    }

    /// <summary>Derives the type beside a key that means something else, which stays among the extras.</summary>
    private bool TryDeriveTypeBeside(Slice found)
    {
        if (TryDeriveType())
        {
            _unusedType = FieldTable.Bit(Field.EventType);
            return true;
        }

        Fault = new EventFault(ReasonTable.UnknownType, null, found);
        return false;
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
            : _profile?.Entity;
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
