namespace Amazon.RedshiftDataAPIService.Model;

/// <summary>How a statement of a batch stands.</summary>
public sealed class SubStatementData
{
    /// <summary>UTC.</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>Nanoseconds.</summary>
    public long? Duration { get; set; }

    /// <summary>What the database said, when it failed.</summary>
    public string? Error { get; set; }

    /// <summary>Whether it can be read by GetStatementResult.</summary>
    public bool? HasResultSet { get; set; }

    /// <summary>The statement.</summary>
    public string? Id { get; set; }

    /// <summary>Its SQL.</summary>
    public string? QueryString { get; set; }

    /// <summary>The database's number.</summary>
    public long? RedshiftQueryId { get; set; }

    /// <summary>Rows of the result, or −1.</summary>
    public long? ResultRows { get; set; }

    /// <summary>Bytes of the result, or −1.</summary>
    public long? ResultSize { get; set; }

    /// <summary>See there.</summary>
    public StatementStatusString? Status { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? UpdatedAt { get; set; }
}
