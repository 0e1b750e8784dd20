namespace System.Runtime;

/// <summary>Known to the AOT compiler by its name: the method gets this symbol and is called by C as it is, without entering the managed world.</summary>
/// <remarks>
/// So it costs what a C function costs, and may do no more than one: native memory and static fields of plain values only; it must not allocate, throw, lock,
/// touch an object, or call what does.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuntimeExportAttribute(string symbol) : Attribute
{
    public string Symbol { get; } = symbol;
}
