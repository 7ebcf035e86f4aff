using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Json;

/// <summary>A part of a record that is one event, whatever comes of it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">Where it stands in the workspace.</param>
internal readonly record struct RecordElement(RecordElementKind Kind, Slice Bytes);
