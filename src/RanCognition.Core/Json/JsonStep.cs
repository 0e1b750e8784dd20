using System.Globalization;

namespace RanCognition.Json;

/// <summary>One step of a JSON pointer: a field's name, or the index of an element when there is no name.</summary>
internal readonly record struct JsonStep(string? Name, int Index)
{
    /// <summary>As it stands in the pointer, its slash before it.</summary>
    public override string ToString() =>
        "/" + (Name is null ? Index.ToString(CultureInfo.InvariantCulture) : Name.Replace("~", "~0").Replace("/", "~1"));
}
