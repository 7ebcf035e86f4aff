using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;
using AirportOps.Cleaning.Codes;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Json;
using AirportOps.Cleaning.Profiles;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Reading;

/// <summary>
/// Reads an event's fields into clean values. Fields that others need come first (airports before local times, times before the status);
/// of several faults the one that counts is that of the field that stands first in <see cref="Field"/>.
/// </summary>
internal sealed partial class EventReader(Workspace workspace, CodeTables codes)
{
    private const int LongestText = 64;
    private const ulong Airports = (1UL << (int)Field.Airport) | (1UL << (int)Field.Origin) | (1UL << (int)Field.Destination)
        | (1UL << (int)Field.DivertedTo);
    private const ulong Designated = (1UL << (int)Field.Airline) | (1UL << (int)Field.FlightNumber) | (1UL << (int)Field.FlightSuffix)
        | (1UL << (int)Field.Designator);
    private const ulong Counts = (1UL << (int)Field.QueueLength) | (1UL << (int)Field.PassengersScreened);
    private const ulong Identity = (1UL << (int)Field.EventId) | (1UL << (int)Field.EventType);

    private readonly ExtrasWriter _extras = new(workspace);
    private readonly int[] _airports = new int[FieldTable.Count];
    private EventDocument _document = null!;
    private SourceProfile? _profile;
    private ulong _required;
    private ulong _used;

    /// <summary>The bit of event_type where the key that could supply it says something else, and so is an extra.</summary>
    private ulong _unusedType;
    private bool _isSuspect;
    private long _latestMicros;

    /// <summary>Whether there is an event_time in its range, near which all other times must lie.</summary>
    private bool _hasEventTime;

    /// <summary>The clean values of the event read last.</summary>
    internal CleanEvent Values { get; } = new();

    /// <summary>Why the event read last is refused; null when it is not.</summary>
    internal EventFault? Fault { get; private set; }

    /// <summary>Reads an event.</summary>
    /// <param name="document">The event's members.</param>
    /// <param name="profile">What its source means; null where that has no profile.</param>
    /// <param name="repairs">Repairs that the event took as a whole.</param>
    /// <param name="arrivedMicros">Arrival, microseconds since 1970-01-01 UTC.</param>
    /// <param name="latestMicros">The greatest event_time taken, microseconds since 1970-01-01 UTC.</param>
    /// <returns>False when there is a <see cref="Fault"/>.</returns>
    internal bool TryRead(EventDocument document, SourceProfile? profile, ulong repairs, long arrivedMicros, long latestMicros)
    {
        (_document, _profile) = (document, profile);
        _isSuspect = !Utf8.IsValid(workspace[document.Bytes]);
        Values.Clear(repairs);
        Fault = null;
        (_unusedType, _hasEventTime, _latestMicros) = (0, false, latestMicros);
        ReadEventId();
        if (!TryReadType())
        {
            return false;
        }

        _required = FieldTable.RequiredFields(Values.Entity);
        _used = FieldTable.KnownFields(Values.Entity) & ~_unusedType;
        var given = document.Given & _used & ~Identity;
        ReadAirports(given);
        if (profile is not null)
        {
            BeginProfile(given, arrivedMicros);
        }

        if ((given & Designated) != 0)
        {
            ReadDesignated(given);
        }

        if (Values.Entity == Entity.SecurityEvent)
        {
            // A reading that tells the queue or the people screened need not tell the wait.
            ReadEach(given & Counts);
            given &= ~Counts;
            _required &= (Values.Present & Counts) != 0 ? ~FieldTable.Bit(Field.WaitMinutes) : ulong.MaxValue;
        }

        // Every time before the status: what "active" means depends on one of them.
        ReadEach(given & ~(Airports | Designated | FieldTable.Bit(Field.Status)));
        ReadEach(given & FieldTable.Bit(Field.Status));
        DeriveStatus();
        DeriveFlightDate();
        FindMissing();
        return Fault is null && IsInOrder() && Complete();
    }

    /// <summary>
    /// Reads the origin also where the type of the event last read has none: a bag's or a service's flight is known by it. After
    /// <see cref="TryRead"/>, for whoever asks what the event is about; it is no field of the row.
    /// </summary>
    internal void ReadOriginOfAny()
    {
        if (IsGiven(Field.Origin) && !Values.Has(Field.Origin) && Fault?.Reason != ReasonTable.UnknownType)
        {
            ReadField(Field.Origin);
        }
    }

    private void ReadEach(ulong fields)
    {
        for (; fields != 0; fields &= fields - 1)
        {
            ReadField((Field)System.Numerics.BitOperations.TrailingZeroCount(fields));
        }
    }

    private void ReadField(Field field)
    {
        ref readonly var member = ref _document[field];
        var repairs = AliasRepair(member);
        var outcome = FieldTable.All[(int)field].Kind switch
        {
            FieldKind.Instant => ReadInstant(field, member, ref repairs),
            FieldKind.Date => ReadDate(field, member, ref repairs),
            FieldKind.Integer or FieldKind.IntegerMinutes or FieldKind.DecimalMinutes or FieldKind.Kilograms =>
                ReadNumber(field, member, ref repairs),
            FieldKind.Text => ReadText(field, member, ref repairs),
            FieldKind.UpperText => ReadUpperText(field, member, ref repairs),
            FieldKind.Letter => ReadLetter(field, member, ref repairs),
            FieldKind.BagTag => ReadBagTag(field, member, ref repairs),
            FieldKind.PlainWord => ReadPlainWord(field, member, ref repairs),
            FieldKind.AliasWord => ReadAliasWord(field, member, ref repairs),
            FieldKind.Designator => ReadWholeDesignator(field, member, ref repairs),
            _ => ReadCode(field, codes.Airports, member, ref repairs),
        };
        Settle(field, outcome, repairs, member);
    }

    /// <summary>Books what came of a field: a value with its repairs, a null, a field dropped, or a fault where it is required.</summary>
    private void Settle(Field field, FieldOutcome outcome, ulong repairs, in Member member)
    {
        if (outcome == FieldOutcome.Read)
        {
            Values.Repairs |= repairs;
        }
        else if (outcome == FieldOutcome.Null)
        {
            Values.Add(Repair.NullToken);
        }
        else if ((_required & FieldTable.Bit(field)) == 0)
        {
            Values.Repairs |= RepairTable.Dropped(field);
        }
        else
        {
            Refuse(field, outcome == FieldOutcome.Unknown ? UnknownCode(field) : ReasonTable.Bad(field), ValueOf(member));
        }
    }

    private static string UnknownCode(Field field) => field == Field.Airline ? ReasonTable.UnknownAirline : ReasonTable.UnknownAirport;

    private void Refuse(Field field, string reason, Slice? found)
    {
        if (Fault is not { } fault || field < fault.Field)
        {
            Fault = new EventFault(reason, field, found);
        }
    }

    private void FindMissing()
    {
        var missing = _required & ~Values.Present & ~Identity;
        if (Values.Entity == Entity.FlightEvent)
        {
            // An absent airport means the origin, which then is what misses.
            missing &= ~FieldTable.Bit(Field.Airport);
        }

        for (; missing != 0; missing &= missing - 1)
        {
            var field = (Field)System.Numerics.BitOperations.TrailingZeroCount(missing);
            if (Fault?.Field != field)
            {
                Refuse(field, ReasonTable.Missing(field), null);
            }
        }
    }

    private bool IsInOrder()
    {
        var eventTime = Values.Number(Field.EventTime);
        if (eventTime < EarliestEventTime || eventTime > _latestMicros)
        {
            Fault = new EventFault(ReasonTable.TimeOutOfRange, Field.EventTime, IsGiven(Field.EventTime) ? ValueOf(_document[Field.EventTime]) : null);
        }
        else if (Values.Has(Field.ActualArrival) && Values.Has(Field.ActualDeparture)
            && Values.Number(Field.ActualArrival) < Values.Number(Field.ActualDeparture))
        {
            Fault = new EventFault(ReasonTable.ArrivalBeforeDeparture, null, ValueOf(_document[Field.ActualArrival]));
        }

        return Fault is null;
    }

    /// <summary>Adds what an event has beyond its fields: an id if it came without one, and extras.</summary>
    private bool Complete()
    {
        if (!Values.Has(Field.EventId))
        {
            DeriveEventId();
        }

        if (_document.HasLeftovers || (_document.Given & ~_used) != 0)
        {
            WriteExtras();
        }

        return true;
    }

    private void DeriveEventId()
    {
        const int bytesUsed = 16;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(workspace[_document.Bytes], hash);
        Convert.TryToHexStringLower(hash[..bytesUsed], workspace.Reserve(2 * bytesUsed), out var written);
        Values.Set(Field.EventId, workspace.Commit(written));
        Values.Add(Repair.DerivedEventId);
    }

    private void WriteExtras()
    {
        const int longestExtras = 65_535;
        var extras = _extras.Write(_document, _used, _isSuspect, out var isRepaired);
        if (extras is { Length: > longestExtras })
        {
            Values.Add(Repair.DroppedExtras);
            return;
        }

        Values.Extras = extras;
        if (isRepaired)
        {
            Values.Add(Repair.BadUtf8);
        }
    }

    private static ulong AliasRepair(in Member member) => member.Rank switch
    {
        0 => 0,
        >= KeyMeaning.FirstOwnKey and < KeyMeaning.FirstAlias => RepairTable.Set(Repair.KeyAlias) | RepairTable.Set(Repair.SourceProfile),
        _ => RepairTable.Set(Repair.KeyAlias),
    };

    private static Slice ValueOf(in Member member) => new(member.ValueStart, member.ValueEnd - member.ValueStart);

    private bool IsGiven(Field field) => (_document.Given & FieldTable.Bit(field)) != 0;

    private static bool IsString(in Member member) => member.Token == JsonTokenType.String;
}
