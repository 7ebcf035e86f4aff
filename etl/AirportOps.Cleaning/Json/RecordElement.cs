using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Json;

/// <summary>A part of a record that is one event, whatever comes of it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">Where it stands in the workspace.</param>
/// <param name="Fault">What is wrong with it, where it is broken.</param>
/// <param name="IsRepaired">Whether a surrogate without its partner was replaced in a string around it.</param>
internal readonly record struct RecordElement(RecordElementKind Kind, Slice Bytes, string? Fault = null, bool IsRepaired = false);
