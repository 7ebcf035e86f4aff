using System.Globalization;

namespace AirportOps.Warehouse.Queries;

/// <summary>The transaction of a query that people give: it reads only, ends in time, and goes with its connection instead of being committed.</summary>
internal static class ReadOnlyTransaction
{
    /// <summary>
    /// The given user takes on the group of readers for this transaction, if the group is there, reads this database and the user may. A superuser becomes it
    /// altogether: a role that is taken on leaves <c>session_user</c>, and to that a query could go back. Neither is proof against a superuser's query that runs
    /// texts, which <see cref="QueryRunner"/> therefore refuses.
    /// </summary>
    private const string AssumeReader = """
        SELECT set_config(CASE WHEN u.rolsuper THEN 'session_authorization' ELSE 'role' END, reader.rolname, true)
        FROM pg_catalog.pg_roles u, pg_catalog.pg_roles reader, pg_catalog.pg_namespace n
        WHERE u.rolname = current_user AND reader.rolname = 'airportops_read' AND n.nspname = 'bi'
          AND pg_has_role(u.oid, reader.oid, 'MEMBER') AND has_schema_privilege(reader.oid, n.oid, 'USAGE')
        """;

    /// <summary>How values are spelled, whatever the server, the database or the user is set to.</summary>
    private const string Spelling = """
        SELECT set_config('datestyle', 'ISO, YMD', true), set_config('intervalstyle', 'postgres', true),
            set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true)
        """;

    /// <summary>The statements that come before the query.</summary>
    /// <param name="engine">What runs them.</param>
    /// <param name="timeout">How long the query may take; null for as long as it does.</param>
    /// <param name="mayAssumeReader">Whether the session's user is one who may be able to do more than read.</param>
    internal static IEnumerable<string> Begin(WarehouseEngine engine, TimeSpan? timeout, bool mayAssumeReader)
    {
        var limit = (timeout?.TotalMilliseconds ?? 0).ToString("F0", CultureInfo.InvariantCulture);
        yield return $"SET statement_timeout TO {limit}";
        yield return "BEGIN READ ONLY";
        if (engine == WarehouseEngine.Postgres)
        {
            yield return Spelling;
            if (mayAssumeReader)
            {
                yield return AssumeReader;
            }
        }
    }
}
