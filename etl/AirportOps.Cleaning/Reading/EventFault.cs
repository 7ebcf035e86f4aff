using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Reading;

/// <summary>Why an event is refused.</summary>
/// <param name="Reason">One of <see cref="ReasonTable.All"/>.</param>
/// <param name="Field">The field at fault; null where the reason is not about one field.</param>
/// <param name="Found">The value at fault, as it came; null where there is none.</param>
internal sealed record EventFault(string Reason, Field? Field, Slice? Found);
