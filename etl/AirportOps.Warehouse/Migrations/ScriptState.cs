namespace AirportOps.Warehouse.Migrations;

/// <summary>Where a script stands in a database.</summary>
public enum ScriptState
{
    /// <summary>Applied as it is now.</summary>
    Applied,

    /// <summary>Not applied yet.</summary>
    Pending,

    /// <summary>A repeatable script that was applied and has changed since: it runs again.</summary>
    Changed,

    /// <summary>A versioned script that was applied and has changed since, which must not be: nothing runs.</summary>
    Edited,

    /// <summary>Applied, but this program has no such file: the database is newer, or the file was removed. Nothing runs.</summary>
    Missing,

    /// <summary>Not applied, but a versioned script with a greater number is: nothing runs.</summary>
    Late,
}
