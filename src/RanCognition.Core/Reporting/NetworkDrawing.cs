using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Draws a network from above: a sector for each cell, coloured by its load, and a point for each user, coloured by its rate. Drawn without a script.</summary>
/// <remarks>Users of one colour are one path, so that thousands of them are four elements. Cells of one site and direction (layers of carriers) lie inside each other.</remarks>
internal sealed class NetworkDrawing
{
    public const int CellsMax = 2000;

    private const int UsersMax = 5000, SitesMax = 2000;
    private const double Width = 1000, Edge = 20, HeightMin = 300, HeightMax = 1500;

    /// <summary>A place farther out than this, in metres, is none.</summary>
    private const double FarMax = 1e9;

    /// <summary>Of the distance to the nearest other site: how far a sector reaches.</summary>
    private const double Reach = 0.45;

    private const double SectorDegMax = 110;
    private static readonly double[] LoadSteps = [0.25, 0.5, 0.75, 1];

    private readonly List<JsonElement> _cells;
    private readonly List<(double X, double Y, double Before, double After)> _users = [];
    private readonly (double X, double Y)[] _sites;
    private readonly double[] _rateSteps = [];
    private readonly double _left, _top, _scale, _height, _reach;

    public NetworkDrawing(JsonElement map)
    {
        _cells = [.. map.Objects("cells").Take(CellsMax)];
        _sites = [.. map.Objects("sites").Take(SitesMax).Select(site => (site.Number("x"), site.Number("y")))];
        foreach (var user in map.Objects("users").Take(UsersMax))
        {
            if (IsPlace((user.Number("x"), user.Number("y"))))
            {
                _users.Add((user.Number("x"), user.Number("y"), user.Number("rate_mbps_before"), user.Number("rate_mbps_after")));
            }
        }
        List<(double X, double Y)> places = [.. _sites.Where(IsPlace), .. _users.Select(user => (user.X, user.Y))];
        HasPlaces = places.Count > 0;
        if (!HasPlaces)
        {
            return;
        }
        double left = places.Min(place => place.X), right = places.Max(place => place.X), low = places.Min(place => place.Y), high = places.Max(place => place.Y);
        var extent = Math.Max(Math.Max(right - left, high - low), 1);
        _reach = Math.Max(Math.Min(Nearest(_sites) * Reach, extent / 4), extent / 80);
        foreach (var (x, y) in _sites.Where(IsPlace))
        {
            (left, right, low, high) = (Math.Min(left, x - _reach), Math.Max(right, x + _reach), Math.Min(low, y - _reach), Math.Max(high, y + _reach));
        }
        _scale = Math.Min((Width - 2 * Edge) / Math.Max(right - left, 1), (HeightMax - 2 * Edge) / Math.Max(high - low, 1));
        _height = Math.Max(HeightMin, (high - low) * _scale + 2 * Edge);
        _left = (left + right) / 2 - Width / 2 / _scale;
        _top = (low + high) / 2 + _height / 2 / _scale;
        double[] rates = [.. _users.SelectMany(user => (double[])[user.Before, user.After]).Where(PlainPlot.IsDrawable).Order()];
        _rateSteps = rates.Length > 0 && rates[^1] > rates[0] ? [Share(rates, 0.25), Share(rates, 0.5), Share(rates, 0.75)] : [];
    }

    /// <summary>Whether it is known where anything is.</summary>
    public bool HasPlaces { get; }

    /// <summary>Smallest value that the share <paramref name="share"/> of them does not exceed; NaN of none.</summary>
    public static double Share(double[] ascending, double share) => ascending.Length == 0 ? double.NaN : ascending[Math.Clamp((int)Math.Ceiling(share * ascending.Length) - 1, 0, ascending.Length - 1)];

    public static bool IsChanged(JsonElement cell) => Differs(cell, "tilt_deg") || Differs(cell, "power_dbm") || cell.Member("on_before").ValueKind != cell.Member("on_after").ValueKind;

    public void Write(HtmlWriter html, bool isAfter)
    {
        var name = isAfter ? "After" : "Before";
        html.Open("figure", "map").Element("figcaption", isAfter && _cells.Exists(IsChanged) ? "After; cells that change have a thick edge" : name);
        html.Open("svg", null, ("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {Math.Ceiling(_height)}")), ("role", "img"), ("aria-label", Description(name, isAfter)));
        Sectors(html, isAfter);
        var text = new StringBuilder(16 * _users.Count + 256);
        for (var level = 0; level <= 4; level++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"rate r{level}\" d=\"");
            foreach (var user in _users)
            {
                if (RateLevel(isAfter ? user.After : user.Before) == level)
                {
                    Place(text.Append('M'), user.X, user.Y).Append("h0");
                }
            }
            text.Append("\"/>");
        }
        html.Raw(text.ToString()).Close().CloseLine();
    }

    public void WriteKey(HtmlWriter html)
    {
        html.Open("ul", "key map-key", ("aria-label", "Colours of the map"));
        string[] loads = ["Load up to 25\u00A0%", "up to 50\u00A0%", "up to 75\u00A0%", "up to 100\u00A0%", "overloaded"];
        for (var level = 1; level <= loads.Length; level++)
        {
            html.Element("li", loads[level - 1], "load l" + level.ToString(CultureInfo.InvariantCulture));
        }
        html.Element("li", "load not known", "load l0").Element("li", "off", "load off");
        for (var level = 1; level <= 4 && _users.Count > 0; level++)
        {
            if (_rateSteps.Length > 0)
            {
                html.Element("li", level == 4 ? $"user above {Words.Number(_rateSteps[2])} Mbit/s" : $"user up to {Words.Number(_rateSteps[level - 1])}", "rate r" + level.ToString(CultureInfo.InvariantCulture));
            }
        }
        if (_users.Count > 0)
        {
            if (_rateSteps.Length == 0 && _users.Exists(user => RateLevel(user.Before) > 0 || RateLevel(user.After) > 0))
            {
                html.Element("li", "user", "rate r4");
            }
            html.Element("li", "user whose rate is not known", "rate r0");
        }
        html.CloseLine();
    }

    private void Sectors(HtmlWriter html, bool isAfter)
    {
        var (load, on, tilt, power) = isAfter ? ("load_after", "on_after", "tilt_deg_after", "power_dbm_after") : ("load_before", "on_before", "tilt_deg_before", "power_dbm_before");
        var directions = _cells.GroupBy(cell => cell.Number("site")).ToDictionary(site => site.Key, site => site.GroupBy(Direction).ToDictionary(group => group.Key, group => group.Count()));
        var layers = new Dictionary<(double Site, double Direction), int>();
        for (var index = 0; index < _cells.Count; index++)
        {
            var cell = _cells[index];
            double site = cell.Number("site"), direction = Direction(cell);
            if (!(site >= 0 && site < _sites.Length) || !IsPlace(_sites[(int)site]))
            {
                continue;
            }
            var layer = layers.GetValueOrDefault((site, direction));
            layers[(site, direction)] = layer + 1;
            var level = cell.Member(on).ValueKind == JsonValueKind.False ? "off" : "l" + LoadLevel(cell.Number(load)).ToString(CultureInfo.InvariantCulture);
            var path = Wedge(_sites[(int)site], direction, Math.Min(SectorDegMax, 330.0 / directions[site].Count), _reach * (1 - (double)layer / directions[site][direction]));
            html.Raw($"<path class=\"load {level}{(isAfter && IsChanged(cell) ? " changed" : "")}\" d=\"{path}\">");
            html.Element("title", $"{OptimizationSections.CellName(index)}: azimuth {Words.Number(cell.Number("azimuth_deg"))}°, tilt {Words.Number(cell.Number(tilt))}°, {Words.Number(cell.Number(power))} dBm, "
                + (level == "off" ? "off" : "load " + Words.Percent(cell.Number(load)))).Raw("</path>");
        }
    }

    /// <summary>Azimuths count counter-clockwise from the x axis.</summary>
    private string Wedge((double X, double Y) site, double direction, double width, double radius)
    {
        const int Corners = 6;
        var text = Place(new StringBuilder(80).Append('M'), site.X, site.Y);
        for (var corner = 0; corner <= Corners; corner++)
        {
            var angle = (direction - width / 2 + width * corner / Corners) * Math.PI / 180;
            Place(text.Append('L'), site.X + radius * Math.Cos(angle), site.Y + radius * Math.Sin(angle));
        }
        return text.Append('Z').ToString();
    }

    private StringBuilder Place(StringBuilder text, double x, double y) => text.Append(CultureInfo.InvariantCulture, $"{(x - _left) * _scale:0.#} {(_top - y) * _scale:0.#}");

    private string Description(string name, bool isAfter)
    {
        var load = isAfter ? "load_after" : "load_before";
        var on = isAfter ? "on_after" : "on_before";
        var overloaded = _cells.Count(cell => cell.Number(load) > 1);
        return $"{name}: {Words.Count(_sites.Length, "site")}, {Words.Count(_cells.Count, "cell")}, {Words.Count(_cells.Count(cell => cell.Member(on).ValueKind == JsonValueKind.False), "cell")} off, "
            + $"{overloaded.ToString(CultureInfo.InvariantCulture)} overloaded, {Words.Count(_users.Count, "user")}. The numbers are in the tables.";
    }

    private int RateLevel(double rate)
    {
        if (!PlainPlot.IsDrawable(rate))
        {
            return 0;
        }
        if (_rateSteps.Length == 0)
        {
            return 4;
        }
        return rate <= _rateSteps[0] ? 1 : rate <= _rateSteps[1] ? 2 : rate <= _rateSteps[2] ? 3 : 4;
    }

    private static int LoadLevel(double load)
    {
        if (double.IsNaN(load))
        {
            return 0;
        }
        var level = 1;
        while (level <= LoadSteps.Length && load > LoadSteps[level - 1])
        {
            level++;
        }
        return level;
    }

    private static double Direction(JsonElement cell) => cell.Number("azimuth_deg") is var azimuth && Math.Abs(azimuth) < FarMax ? Math.Round(azimuth, 1) : 0;

    private static bool Differs(JsonElement cell, string name)
    {
        double before = cell.Number(name + "_before"), after = cell.Number(name + "_after");
        return !double.IsNaN(before) && !double.IsNaN(after) && before != after;
    }

    private static bool IsPlace((double X, double Y) place) => Math.Abs(place.X) < FarMax && Math.Abs(place.Y) < FarMax;

    /// <summary>Smallest distance between two sites that do not stand on the same place.</summary>
    private static double Nearest((double X, double Y)[] sites)
    {
        var nearest = double.PositiveInfinity;
        for (var one = 0; one < sites.Length; one++)
        {
            for (var other = one + 1; other < sites.Length; other++)
            {
                double x = sites[one].X - sites[other].X, y = sites[one].Y - sites[other].Y, distance = Math.Sqrt(x * x + y * y);
                nearest = distance > 0 && distance < nearest ? distance : nearest;
            }
        }
        return nearest;
    }
}
