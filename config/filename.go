// SPDX-License-Identifier: MIT

package config

import (
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
)

// fileOf returns the path of the file of a logger. Its name is one element of a path, on every system alike: what Windows
// takes for something else, as the stream c:x, the device nul.log, or the file x for "x.", is escaped elsewhere, too.
func fileOf(path, logger string) string {
	name := strings.ReplaceAll(url.PathEscape(logger), ":", "%3A")
	if strings.Trim(name, ".") == "" {
		name = strings.ReplaceAll(name, ".", "%2E")
	}
	if rest, ok := strings.CutSuffix(name, "."); ok {
		name = rest + "%2E"
	}
	if base := strings.ReplaceAll(filepath.Base(path), "{logger}", name); device().MatchString(base) && name != "" {
		name = fmt.Sprintf("%%%02X", name[0]) + name[1:]
	}
	return strings.ReplaceAll(path, "{logger}", name)
}

// device matches what Windows takes for a device, whatever follows behind a dot.
var device = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])( *\.|$)`)
})
