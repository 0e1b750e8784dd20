namespace RanCognition.Memory.Filtering;

/// <summary>Codes of the cells that a load names; kept from call to call, for the list of names only grows.</summary>
internal sealed class LoadedCells
{
    private IReadOnlyList<string>? _names;
    private int _generation;
    private int[] _codes = [];
    private int _count;

    public ReadOnlySpan<int> CodesOf(IReadOnlyList<string> names, ValueColumn cells)
    {
        if (!ReferenceEquals(names, _names) || _generation != cells.Generation || names.Count < _count)
        {
            _names = names;
            _generation = cells.Generation;
            _count = 0;
        }
        if (names.Count > _codes.Length)
        {
            Array.Resize(ref _codes, Math.Max(names.Count, 2 * _codes.Length));
        }
        for (; _count < names.Count; _count++)
        {
            _codes[_count] = cells.Take(FilterFields.OfCell(names[_count]));
        }
        return _codes.AsSpan(0, _count);
    }
}
