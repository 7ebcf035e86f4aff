using AirportOps.Reliability;
using AirportOps.Warehouse.Redshift;
using AirportOps.Warehouse.Sessions;
using Npgsql;

namespace AirportOps.Warehouse.Gold;

/// <summary>A step of a build that failed of the data it was given: without some of it, it works.</summary>
/// <param name="step">The step's script.</param>
/// <param name="message">One line: what, where, what to do.</param>
/// <param name="failed">What the warehouse said.</param>
internal sealed class StepFailureException(string step, string message, StatementException failed) : WarehouseException(message, Fault.Operator, failed)
{
    /// <summary>The step's script.</summary>
    internal string Step { get; } = step;

    /// <summary>The error's class; null where the warehouse tells none.</summary>
    internal string? SqlState { get; } = failed.Refusal?.SqlState;

    /// <summary>What the warehouse said.</summary>
    internal string Reason { get; } = failed.Reason;

    /// <summary>
    /// Whether an error is the data's: a value that an expression, a type or a constraint does not take, a row that matches twice, a limit of the engine, or
    /// what a trigger raises. An outage, a missing table or right is not, and no part of the data would build.
    /// </summary>
    internal static bool IsOfData(StatementException failed) => failed is { Fault: Fault.Operator, Refusal: { } refusal } && (Class(refusal.SqlState) || refusal.SqlState switch
    {
        PostgresErrorCodes.CardinalityViolation or PostgresErrorCodes.RaiseException => true,
        // Redshift's own errors come without a class of their own.
        null or PostgresErrorCodes.InternalError => Class(RedshiftErrors.SqlState(failed.Reason)),
        _ => false,
    });

    /// <summary>Data exceptions, integrity constraint violations, limits of the engine.</summary>
    private static bool Class(string? sqlState) => sqlState is ['2', '2' or '3', ..] or ['5', '4', ..];
}
