namespace AirportOps.Warehouse.Migrations;

/// <summary>When a script runs.</summary>
public enum ScriptKind
{
    /// <summary>Functions that PostgreSQL lacks: before everything else, and again when the file changes. Not on Redshift.</summary>
    Shim,

    /// <summary>Once, in the order of the names, and never changed after that: <c>V0001__name.sql</c>.</summary>
    Versioned,

    /// <summary>After the versioned ones, and again when the file changes: <c>R__name.sql</c>.</summary>
    Repeatable,
}
